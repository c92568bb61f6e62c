package dev.noisediffusion.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "I64"})
    void everyTypeComesBackAsFloat32(ElementType type) throws ModelException {
        Tensor tensor = Tensor.wrap(Shape.of(2, 1, 2), new float[] {1, -2, 3, 96});
        Path file = SafetensorsFiles.write(folder.resolve("a.safetensors"), type, Map.of("x", tensor));
        try (Safetensors opened = Safetensors.open(file)) {
            assertEquals(tensor, opened.tensor("x"));
        }
    }

    @Test
    void tensorsOfAnyRankAndOfNoValuesAreRead() throws ModelException {
        String header = "{\"__metadata__\":{\"format\":\"pt\"},\"scalar\":" + SafetensorsFiles.entry("F32", "[]", 0, 4)
                + ",\"none\":" + SafetensorsFiles.entry("F32", "[0,3]", 4, 4)
                + ",\"ids\":" + SafetensorsFiles.entry("I64", "[2]", 4, 20) + "}   ";
        Path file = SafetensorsFiles.raw(folder.resolve("a.safetensors"), header, 20);
        try (Safetensors opened = Safetensors.open(file)) {
            assertEquals(Shape.of(), opened.tensor("scalar").shape());
            assertEquals(0, opened.tensor("none").size());
            assertArrayEquals(new long[2], opened.longs("ids"));
        }
    }

    /** As whole checkpoints have it, which count the updates of their averages in an I32. */
    @Test
    void aTensorOfAnotherTypeIsInNobodysWayUntilItIsAskedFor() throws ModelException {
        String header = "{\"model_ema.num_updates\":" + SafetensorsFiles.entry("I32", "[]", 0, 4)
                + ",\"weight\":" + SafetensorsFiles.entry("F32", "[2]", 4, 12)
                + ",\"small\":" + SafetensorsFiles.entry("F8_E4M3", "[3]", 12, 15) + "}";
        Path file = SafetensorsFiles.raw(folder.resolve("a.safetensors"), header, 15);
        try (Safetensors opened = Safetensors.open(file)) {
            var book = new WeightBook(opened);
            assertEquals(Tensor.zeros(Shape.of(2)), opened.tensor("weight"));
            assertEquals(Shape.of(2), book.take("weight", 2).shape());
            assertEquals(
                    file
                            + ": expected tensor \"model_ema.num_updates\" of dtype F32, F16, BF16 or I64, found dtype I32.",
                    Refusals.sentence(ModelException.class, () -> opened.tensor("model_ema.num_updates")));
            assertEquals(
                    file + ": expected tensor \"small\" of dtype F32, F16 or BF16, found dtype F8_E4M3.",
                    Refusals.sentence(ModelException.class, () -> book.take("small", 3)));
        }
    }

    @Test
    void tensorsLargerThanTheReadBufferAreWhole() throws ModelException {
        var values = new float[1_000_003];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        Tensor tensor = Tensor.wrap(Shape.of(values.length), values);
        Path file = SafetensorsFiles.write(folder.resolve("a.safetensors"), ElementType.F32, Map.of("x", tensor));
        try (Safetensors opened = Safetensors.open(file)) {
            assertEquals(tensor, opened.tensor("x"));
        }
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        Path file = SafetensorsFiles.write(
                folder.resolve("a.safetensors"), ElementType.F32, Map.of("x", Tensor.zeros(Shape.of(8))));
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            String sentence = Refusals.sentence(ModelException.class, () -> Safetensors.open(file));
            assertTrue(sentence.startsWith(file + ": expected "), sentence);
        }
    }

    static Stream<Arguments> hostileHeaders() {
        String x = "\"x\":";
        return Stream.of(
                hostile("not JSON", "hello", 0, "a safetensors header in JSON", "text that is none"),
                hostile("cut off", "{\"x\":", 0, "a safetensors header in JSON", "text that is none"),
                hostile("a list", "[1]", 0, "a JSON object", "another JSON value"),
                hostile("more after the end", "{} {}", 0, "nothing after", "more text"),
                hostile("deep", "{\"__metadata__\":" + "[".repeat(5000), 0, "a safetensors header in JSON", "none"),
                hostile("entry is no object", "{\"x\":7}", 0, "a JSON object for tensor \"x\"", "another"),
                hostile(
                        "unknown dtype",
                        "{" + x + SafetensorsFiles.entry("C64", "[1]", 0, 8) + "}",
                        8,
                        "dtype F32, F16, BF16 or I64",
                        "dtype C64"),
                hostile(
                        "negative shape",
                        "{" + x + SafetensorsFiles.entry("F32", "[-1]", 0, 4) + "}",
                        4,
                        "sides from 0",
                        "shape [-1]"),
                hostile(
                        "overflowing shape",
                        "{" + x + SafetensorsFiles.entry("F32", "[2147483647,2147483647,2147483647]", 0, 4) + "}",
                        4,
                        "fewer bytes than any file has",
                        "4 bytes"),
                hostile(
                        "shape that is no integer",
                        "{" + x + SafetensorsFiles.entry("F32", "[1.5]", 0, 4) + "}",
                        4,
                        "whole numbers as the shape",
                        "something else"),
                hostile(
                        "number beyond 64 bits",
                        "{" + x + SafetensorsFiles.entry("F32", "[99999999999999999999]", 0, 4) + "}",
                        4,
                        "JSON",
                        "none"),
                hostile(
                        "wrong length",
                        "{" + x + SafetensorsFiles.entry("F32", "[2]", 0, 4) + "}",
                        4,
                        "8 bytes for tensor \"x\"",
                        "4 bytes"),
                hostile(
                        "beyond the end",
                        "{" + x + SafetensorsFiles.entry("F32", "[2]", 0, 8) + "}",
                        4,
                        "within the 4 bytes",
                        "offsets [0, 8]"),
                hostile(
                        "negative offset",
                        "{" + x + SafetensorsFiles.entry("F32", "[1]", -4, 0) + "}",
                        4,
                        "within the 4 bytes",
                        "offsets [-4, 0]"),
                hostile(
                        "backward offsets",
                        "{" + x + SafetensorsFiles.entry("F32", "[1]", 4, 0) + "}",
                        4,
                        "within the 4 bytes",
                        "offsets [4, 0]"),
                hostile(
                        "overlap",
                        "{" + x + SafetensorsFiles.entry("F32", "[2]", 0, 8) + ",\"y\":"
                                + SafetensorsFiles.entry("F32", "[2]", 4, 12) + "}",
                        12,
                        "tensor \"y\" to begin at byte 8",
                        "an overlap"),
                hostile(
                        "hole",
                        "{" + x + SafetensorsFiles.entry("F32", "[1]", 0, 4) + ",\"y\":"
                                + SafetensorsFiles.entry("F32", "[1]", 8, 12) + "}",
                        12,
                        "tensor \"y\" to begin at byte 4",
                        "a gap"),
                hostile(
                        "data nobody claims",
                        "{" + x + SafetensorsFiles.entry("F32", "[1]", 0, 4) + "}",
                        12,
                        "4 bytes of data",
                        "12 bytes"),
                hostile(
                        "duplicate name",
                        "{" + x + SafetensorsFiles.entry("F32", "[1]", 0, 4) + "," + x
                                + SafetensorsFiles.entry("F32", "[1]", 4, 8) + "}",
                        8,
                        "every name once",
                        "\"x\" twice"),
                hostile(
                        "duplicate field",
                        "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                        4,
                        "every field",
                        "\"dtype\" twice"),
                hostile("missing field", "{\"x\":{\"dtype\":\"F32\"}}", 0, "dtype, shape and data_offsets", "only"));
    }

    private static Arguments hostile(String what, String header, int bytes, String expected, String found) {
        return Arguments.of(what, header, bytes, expected, found);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileHeaders")
    void aHostileHeaderIsRefusedInOneSentence(
            String what, String header, int dataBytes, String expected, String found) {
        Path file = SafetensorsFiles.raw(folder.resolve("hostile.safetensors"), header, dataBytes);
        requireSentence(file, expected, found);
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() {
        Path file = SafetensorsFiles.claiming(folder.resolve("a.safetensors"), 1L << 40, (byte) '{', (byte) '}');
        requireSentence(file, "a header of at most the file's 2 bytes", "one that claims 1099511627776 bytes");
    }

    /** As a clone without git-lfs has it. */
    @Test
    void aNoteOfGitIsToldAsWhatItIs() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.safetensors"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 3438167540\n");
        var failure = assertThrows(ModelException.class, () -> Safetensors.open(file));
        assertEquals(ModelRefusal.NOT_FETCHED.with(file), failure.trouble());
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("a file that was not fetched: run `git lfs pull`"), message);
    }

    @Test
    void aHeaderLengthBeyond63BitsIsRefused() {
        Path file = SafetensorsFiles.claiming(folder.resolve("a.safetensors"), -1);
        requireSentence(file, "a header of at most", "one that claims 18446744073709551615 bytes");
    }

    @Test
    void aHeaderBeyondTheFormatsLimitIsRefusedUnread() throws IOException {
        Path file = SafetensorsFiles.claiming(folder.resolve("a.safetensors"), Safetensors.MAX_HEADER_BYTES + 1);
        try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(Safetensors.MAX_HEADER_BYTES + 100);
        }
        requireSentence(file, "a header of at most 100000000 bytes", "100000001 bytes");
    }

    private static void requireSentence(Path file, String expected, String found) {
        String message = Refusals.sentence(ModelException.class, () -> Safetensors.open(file));
        assertTrue(message.startsWith(file + ": expected "), message);
        int foundAt = message.indexOf(", found ");
        assertTrue(message.substring(0, foundAt).contains(expected), message);
        assertTrue(message.substring(foundAt).contains(found), message);
        assertTrue(message.endsWith("."), message);
    }
}
