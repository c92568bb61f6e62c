package dev.noisediffusion.lab;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** How the lab reads and writes JSON: the same values give the same bytes. */
final class LabJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LabJson() {}

    /**
     * Reads a document.
     *
     * @param refusal what is told the user, from what is wrong in a few words, and the cause
     */
    static <T> T read(String json, Class<T> type, BiFunction<String, @Nullable Throwable, LabException> refusal)
            throws LabException {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw refusal.apply("there is nothing in it", null);
            }
            return value;
        } catch (JacksonException e) {
            throw refusal.apply(reason(e), e);
        }
    }

    private static String reason(JacksonException e) {
        if (e.getCause() instanceof IllegalArgumentException own) {
            return String.valueOf(own.getMessage());
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "\"" + unknown.getPropertyName() + "\" is not known there";
        }
        String where =
                e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
        // What lies in a list has no name: its list has.
        Optional<String> name = e instanceof DatabindException data
                ? data.getPath().reversed().stream()
                        .map(JacksonException.Reference::getPropertyName)
                        .filter(Objects::nonNull)
                        .findFirst()
                : Optional.empty();
        return name.map(known -> "the value of \"" + known + "\" does not fit, or is missing" + where)
                .orElse("it is no whole JSON" + where);
    }
}
