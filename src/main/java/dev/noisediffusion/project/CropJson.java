package dev.noisediffusion.project;

import dev.noisediffusion.image.Crop;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Crops in documents: one that is not mirrored is written as before there were mirrored ones. */
final class CropJson {
    private CropJson() {}

    /** @param mirrored absent for no */
    private record Parts(
            double centerX,
            double centerY,
            double zoom,
            @Nullable Boolean mirrored) {}

    static final class Writer extends ValueSerializer<Crop> {
        @Override
        public void serialize(Crop crop, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            json.writeNumberProperty("centerX", crop.centerX());
            json.writeNumberProperty("centerY", crop.centerY());
            json.writeNumberProperty("zoom", crop.zoom());
            if (crop.mirrored()) {
                json.writeBooleanProperty("mirrored", true);
            }
            json.writeEndObject();
        }
    }

    static final class Reader extends ValueDeserializer<Crop> {
        @Override
        public Crop deserialize(JsonParser json, DeserializationContext context) {
            Parts parts = context.readValue(json, Parts.class);
            try {
                return new Crop(parts.centerX(), parts.centerY(), parts.zoom(), Boolean.TRUE.equals(parts.mirrored()));
            } catch (IllegalArgumentException e) {
                return (Crop) context.handleInstantiationProblem(Crop.class, parts, e);
            }
        }
    }
}
