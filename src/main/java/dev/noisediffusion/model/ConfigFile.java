package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One object of a JSON file that configures a model, read with defaults: a field that is absent has its default, one
 * that is null is empty, one of the wrong kind is refused with a sentence that names file, field and both kinds.
 */
final class ConfigFile {
    private static final long MAX_BYTES = 10_000_000;
    /** Schedulers of the diffusers library have -Infinity, as Python writes it, in fields that the studio does not need. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path file;
    private final String prefix;
    private final JsonNode object;

    private ConfigFile(Path file, String prefix, JsonNode object) {
        this.file = file;
        this.prefix = prefix;
        this.object = object;
    }

    /** Reads a file. */
    static ConfigFile read(Path file) throws ModelException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw ModelException.in(file, "at most " + MAX_BYTES + " bytes of JSON", Files.size(file) + " bytes");
            }
            return parse(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw ModelException.in(file, "this file", "none of that name", e).as(ModelRefusal.MISSING_FILE.with(file));
        } catch (IOException e) {
            throw ModelException.failed(file, "read", e);
        }
    }

    /** Reads a file that comes with the studio. */
    static ConfigFile ofResource(String name) throws ModelException {
        try (InputStream in = ConfigFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The studio is without its " + name);
            }
            return parse(Path.of(name), in.readAllBytes());
        } catch (IOException e) {
            throw ModelException.failed(Path.of(name), "read", e);
        }
    }

    private static ConfigFile parse(Path file, byte[] bytes) throws ModelException {
        try {
            JsonNode root = JSON.readTree(bytes);
            if (!root.isObject()) {
                throw ModelException.in(file, "a JSON object", kind(root));
            }
            return new ConfigFile(file, "", root);
        } catch (JacksonException e) {
            throw ModelException.in(file, "JSON", "text that is none (" + e.getOriginalMessage() + ")", e);
        }
    }

    Path file() {
        return file;
    }

    /** Whether a field is there and not null. */
    boolean has(String name) {
        return !node(name).isMissingNode() && !node(name).isNull();
    }

    /** Whether a field is there, if only as null. */
    boolean mentions(String name) {
        return !node(name).isMissingNode();
    }

    String text(String name, String otherwise) throws ModelException {
        if (!has(name)) {
            return otherwise;
        }
        if (!node(name).isString()) {
            throw wrongKind(name, "text");
        }
        return node(name).asString();
    }

    int integer(String name, int otherwise) throws ModelException {
        return optionalInteger(name).orElse(otherwise);
    }

    /** A whole number of at least 1. */
    int positive(String name, int otherwise) throws ModelException {
        int value = integer(name, otherwise);
        if (value < 1) {
            throw refuse(name, "a whole number of at least 1", String.valueOf(value));
        }
        return value;
    }

    /** A whole number from 1 up to a limit. */
    int atMost(String name, int otherwise, int limit) throws ModelException {
        int value = positive(name, otherwise);
        if (value > limit) {
            throw refuse(name, "at most " + limit, String.valueOf(value));
        }
        return value;
    }

    OptionalInt optionalInteger(String name) throws ModelException {
        if (!has(name)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(integer(node(name), name));
    }

    double number(String name, double otherwise) throws ModelException {
        if (!has(name)) {
            return otherwise;
        }
        return number(node(name), name);
    }

    boolean flag(String name, boolean otherwise) throws ModelException {
        if (!has(name)) {
            return otherwise;
        }
        if (!node(name).isBoolean()) {
            throw wrongKind(name, "true or false");
        }
        return node(name).asBoolean();
    }

    List<String> texts(String name) throws ModelException {
        return texts(list(name), name);
    }

    /** A list of texts, some of which may lie there as lists of their words. */
    List<String> phrases(String name) throws ModelException {
        var phrases = new ArrayList<String>();
        for (JsonNode element : list(name)) {
            if (!element.isArray() && !element.isString()) {
                throw wrongKind(name, "a list of texts");
            }
            phrases.add(element.isArray() ? String.join(" ", texts(element, name)) : element.asString());
        }
        return List.copyOf(phrases);
    }

    List<Integer> integers(String name) throws ModelException {
        var numbers = new ArrayList<Integer>();
        for (JsonNode element : list(name)) {
            numbers.add(integer(element, name));
        }
        return List.copyOf(numbers);
    }

    List<Double> numbers(String name) throws ModelException {
        var numbers = new ArrayList<Double>();
        for (JsonNode element : list(name)) {
            numbers.add(number(element, name));
        }
        return List.copyOf(numbers);
    }

    boolean isList(String name) {
        return node(name).isArray();
    }

    boolean isObject(String name) {
        return node(name).isObject();
    }

    /** All fields, which must be whole numbers. */
    Map<String, Integer> numbersByName() throws ModelException {
        var numbers = new HashMap<String, Integer>();
        for (String name : names()) {
            numbers.put(name, integer(node(name), name));
        }
        return numbers;
    }

    /** An object within this one. */
    Optional<ConfigFile> section(String name) throws ModelException {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!node(name).isObject()) {
            throw wrongKind(name, "an object");
        }
        return Optional.of(new ConfigFile(file, prefix + name + ".", node(name)));
    }

    /** The objects of a list; none where there is no such field. */
    List<ConfigFile> sections(String name) throws ModelException {
        var sections = new ArrayList<ConfigFile>();
        if (has(name)) {
            for (JsonNode element : list(name)) {
                if (!element.isObject()) {
                    throw wrongKind(name, "a list of objects");
                }
                sections.add(new ConfigFile(file, prefix + name + ".", element));
            }
        }
        return List.copyOf(sections);
    }

    /** The names of all fields. */
    List<String> names() {
        return List.copyOf(object.propertyNames());
    }

    /** Refuses a field that says anything else than what the studio can do. */
    void requireText(String name, String only) throws ModelException {
        String found = text(name, only);
        if (!found.equals(only)) {
            throw refuse(name, "\"" + only + "\"", "\"" + found + "\"");
        }
    }

    /** Refuses a field that says anything else, or is null where that is another way rather than the default. */
    void requireTextNotNull(String name, String only) throws ModelException {
        if (mentions(name) && !has(name)) {
            throw refuse(name, "\"" + only + "\"", "null");
        }
        requireText(name, only);
    }

    /** Refuses a switch that is on. */
    void requireOff(String name) throws ModelException {
        if (flag(name, false)) {
            throw refuse(name, "false", "true");
        }
    }

    /** Refuses a field that is set at all. */
    void requireUnset(String name) throws ModelException {
        if (has(name)) {
            throw refuse(name, "null", node(name).toString());
        }
    }

    /** The sentence for a field that says what the studio cannot do. */
    ModelException refuse(String name, String expected, String found) {
        return ModelException.in(file, "\"" + prefix + name + "\" to be " + expected, found);
    }

    private JsonNode node(String name) {
        return object.path(name);
    }

    private JsonNode list(String name) throws ModelException {
        if (!isList(name)) {
            throw wrongKind(name, "a list");
        }
        return node(name);
    }

    private List<String> texts(JsonNode list, String name) throws ModelException {
        var texts = new ArrayList<String>();
        for (JsonNode element : list) {
            if (!element.isString()) {
                throw wrongKind(name, "a list of texts");
            }
            texts.add(element.asString());
        }
        return List.copyOf(texts);
    }

    private int integer(JsonNode value, String name) throws ModelException {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongKind(name, "a whole number");
        }
        return value.asInt();
    }

    private double number(JsonNode value, String name) throws ModelException {
        // Whole numbers beyond all that a double holds become infinite so.
        double number = value.isNumber() ? value.numberValue().doubleValue() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw wrongKind(name, "a number");
        }
        return number;
    }

    private ModelException wrongKind(String name, String expected) {
        return refuse(name, expected, mentions(name) ? kind(node(name)) : "nothing");
    }

    private static String kind(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
