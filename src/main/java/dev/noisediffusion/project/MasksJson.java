package dev.noisediffusion.project;

import dev.noisediffusion.morph.Mask;
import dev.noisediffusion.morph.MaskTarget;
import dev.noisediffusion.morph.Masks;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Masks in documents: the text of each that changes something, under the name of its target. */
final class MasksJson {
    private MasksJson() {}

    private static String nameOf(MaskTarget target) {
        return target.name().toLowerCase(Locale.ROOT);
    }

    static final class Writer extends ValueSerializer<Masks> {
        @Override
        public void serialize(Masks masks, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            for (MaskTarget target : MaskTarget.values()) {
                if (masks.isActive(target)) {
                    json.writeStringProperty(nameOf(target), MaskText.of(masks.get(target)));
                }
            }
            json.writeEndObject();
        }
    }

    /** Skips masks of what this version does not know. */
    static final class Reader extends ValueDeserializer<Masks> {
        @Override
        public Masks deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return (Masks) context.handleUnexpectedToken(Masks.class, json);
            }
            Masks masks = Masks.NONE;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                json.nextToken();
                MaskTarget target = Arrays.stream(MaskTarget.values())
                        .filter(known -> nameOf(known).equals(name))
                        .findFirst()
                        .orElse(null);
                if (target == null) {
                    json.skipChildren();
                } else {
                    masks = masks.with(target, read(json, context));
                }
            }
            return masks;
        }

        private static Mask read(JsonParser json, DeserializationContext context) {
            String text = json.getValueAsString("");
            try {
                return MaskText.parse(text);
            } catch (IllegalArgumentException e) {
                return (Mask) context.handleWeirdStringValue(Mask.class, text, "%s", e.getMessage());
            }
        }
    }
}
