package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON header of a safetensors file token by token, so that a hostile one builds no tree in memory, and checks it against the length of the file before anyone follows an offset.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class SafetensorsHeader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String METADATA = "__metadata__";

    private final Path file;
    private final long dataStart;
    private final long dataLength;
    private final Map<String, Safetensors.Entry> entries = new LinkedHashMap<>();

    private SafetensorsHeader(Path file, long dataStart, long dataLength) {
        this.file = file;
        this.dataStart = dataStart;
        this.dataLength = dataLength;
    }

    /**
     * Parses and checks a header.
     *
     * @param json the header's bytes, no more
     * @param dataStart where the data begins in the file
     * @param dataLength bytes from there to the end of the file
     * @return the tensors in the order of the header
     */
    static Map<String, Safetensors.Entry> parse(Path file, byte[] json, long dataStart, long dataLength)
            throws ModelException {
        var header = new SafetensorsHeader(file, dataStart, dataLength);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            header.read(parser);
        } catch (JacksonException e) {
            throw ModelException.in(
                    file, "a safetensors header in JSON", "text that is none (" + e.getOriginalMessage() + ")", e);
        }
        header.requireWholeCover();
        return header.entries;
    }

    private void read(JsonParser parser) throws ModelException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw ModelException.in(file, "a safetensors header that is a JSON object", "another JSON value");
        }
        boolean metadataSeen = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(METADATA)) {
                if (metadataSeen) {
                    throw duplicate(name);
                }
                metadataSeen = true;
                parser.skipChildren();
            } else if (entries.put(name, entry(parser, name)) != null) {
                throw duplicate(name);
            }
        }
        if (parser.nextToken() != null) {
            throw ModelException.in(file, "nothing after the header's JSON object", "more text");
        }
    }

    private ModelException duplicate(String name) {
        return ModelException.in(file, "every name once in the header", "\"" + name + "\" twice");
    }

    private Safetensors.Entry entry(JsonParser parser, String name) throws ModelException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw ModelException.in(file, "a JSON object for tensor \"" + name + "\"", "another JSON value");
        }
        var fields = new TreeSet<String>();
        String type = "none";
        List<Long> dims = List.of();
        List<Long> offsets = List.of();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (!fields.add(field)) {
                throw ModelException.in(file, "every field of tensor \"" + name + "\" once", "\"" + field + "\" twice");
            }
            switch (field) {
                case "dtype" -> type = parser.getValueAsString("none");
                case "shape" -> dims = numbers(parser, name, field);
                case "data_offsets" -> offsets = numbers(parser, name, field);
                default ->
                    throw ModelException.in(
                            file, "dtype, shape and data_offsets for tensor \"" + name + "\"", "\"" + field + "\"");
            }
        }
        if (fields.size() != 3) {
            throw ModelException.in(
                    file, "dtype, shape and data_offsets for tensor \"" + name + "\"", "only " + fields);
        }
        return checked(name, type, dims, offsets);
    }

    private List<Long> numbers(JsonParser parser, String name, String field) throws ModelException {
        var numbers = new ArrayList<Long>();
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        while (array && parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                array = false;
            } else {
                numbers.add(parser.getLongValue());
            }
        }
        if (!array) {
            throw ModelException.in(
                    file, "whole numbers as the " + field + " of tensor \"" + name + "\"", "something else");
        }
        return numbers;
    }

    private Safetensors.Entry checked(String name, String type, List<Long> dims, List<Long> offsets)
            throws ModelException {
        ElementType dtype = Arrays.stream(ElementType.values())
                .filter(known -> known.name().equals(type))
                .findFirst()
                .orElse(null);
        if (dtype == null) {
            throw ModelException.in(file, "tensor \"" + name + "\" of dtype F32, F16, BF16 or I64", "dtype " + type);
        }
        for (long dim : dims) {
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw ModelException.in(
                        file, "sides from 0 to " + Integer.MAX_VALUE + " for tensor \"" + name + "\"", "shape " + dims);
            }
        }
        if (offsets.size() != 2
                || offsets.get(0) < 0
                || offsets.get(1) < offsets.get(0)
                || offsets.get(1) > dataLength) {
            throw ModelException.in(
                    file,
                    "tensor \"" + name + "\" within the " + dataLength + " bytes of data in the file",
                    "offsets " + offsets);
        }
        long length = offsets.get(1) - offsets.get(0);
        requireLength(name, dtype, dims, length);
        Shape shape = Shape.of(dims.stream().mapToInt(Long::intValue).toArray());
        return new Safetensors.Entry(name, dtype, shape, dataStart + offsets.get(0), length);
    }

    private void requireLength(String name, ElementType dtype, List<Long> dims, long length) throws ModelException {
        long needed = dtype.bytes();
        try {
            for (long dim : dims) {
                needed = Math.multiplyExact(needed, dim);
            }
        } catch (ArithmeticException tooLarge) {
            needed = -1;
        }
        if (needed != length) {
            String expected = needed < 0 ? "fewer bytes than any file has" : needed + " bytes";
            throw ModelException.in(
                    file,
                    expected + " for tensor \"" + name + "\" of dtype " + dtype + " and shape " + dims,
                    length + " bytes");
        }
    }

    /** The format leaves no holes and no overlaps: sorted by offset, each tensor begins where the last one ended. */
    private void requireWholeCover() throws ModelException {
        long end = dataStart;
        List<Safetensors.Entry> byOffset = entries.values().stream()
                .sorted(Comparator.comparingLong(Safetensors.Entry::offset)
                        .thenComparingLong(Safetensors.Entry::length))
                .toList();
        for (Safetensors.Entry entry : byOffset) {
            if (entry.offset() != end) {
                throw ModelException.in(
                        file,
                        "tensor \"" + entry.name() + "\" to begin at byte " + (end - dataStart)
                                + ", where the one before it ends",
                        (entry.offset() < end ? "an overlap" : "a gap") + " (it begins at byte "
                                + (entry.offset() - dataStart) + ")");
            }
            end += entry.length();
        }
        if (end != dataStart + dataLength) {
            throw ModelException.in(
                    file, (end - dataStart) + " bytes of data, as the header says", dataLength + " bytes");
        }
    }
}
