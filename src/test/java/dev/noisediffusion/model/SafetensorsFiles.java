package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Writes safetensors files for tests: sound ones, and any header before any data. */
public final class SafetensorsFiles {
    private SafetensorsFiles() {}

    /** A file with the given header text and that many zero bytes of data. */
    public static Path raw(Path file, String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return write(file, bytes.array());
    }

    /** A file that claims a header length and has those bytes after it. */
    public static Path claiming(Path file, long headerLength, byte... rest) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + rest.length).order(ByteOrder.LITTLE_ENDIAN);
        return write(file, bytes.putLong(headerLength).put(rest).array());
    }

    /** All tensors of a file in another format. */
    public static void convert(Path source, Path target, ElementType type) throws ModelException {
        convert(source, target, type, UnaryOperator.identity());
    }

    private static void convert(Path source, Path target, ElementType type, UnaryOperator<String> names)
            throws ModelException {
        var tensors = new LinkedHashMap<String, Tensor>();
        try (Safetensors file = Safetensors.open(source)) {
            for (String name : file.entries().keySet()) {
                tensors.put(names.apply(name), file.tensor(name));
            }
        }
        write(target, type, tensors);
    }

    /** All tensors of a file under other names, as float32. */
    public static void rename(Path source, Path target, UnaryOperator<String> names) throws ModelException {
        convert(source, target, ElementType.F32, names);
    }

    /** A sound file. */
    public static Path write(Path file, ElementType type, Map<String, Tensor> tensors) {
        var header = new LinkedHashMap<String, String>();
        int end = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            int start = end;
            end += tensor.getValue().size() * type.bytes();
            header.put(
                    tensor.getKey(),
                    entry(type.name(), tensor.getValue().shape().dims().toString(), start, end));
        }
        byte[] json = object(header).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (Tensor tensor : tensors.values()) {
            for (float value : tensor.toArray()) {
                put(bytes, type, value);
            }
        }
        return write(file, bytes.array());
    }

    /** The header's text for one tensor. */
    public static String entry(String dtype, String shape, long start, long end) {
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + start + "," + end + "]}";
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void put(ByteBuffer bytes, ElementType type, float value) {
        switch (type) {
            case F32 -> bytes.putFloat(value);
            case F16 -> bytes.putShort(Float.floatToFloat16(value));
            case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
            case I64 -> bytes.putLong((long) value);
            default -> throw new IllegalArgumentException("Nothing is written as " + type);
        }
    }

    private static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tensor whose values are given. */
    public static Tensor tensor(Shape shape, float... values) {
        return Tensor.wrap(shape, values);
    }
}
