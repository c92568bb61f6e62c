package dev.noisediffusion.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {
    private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00.123456789Z");

    @TempDir
    Path temporary;

    private Path file;
    private Path memory;

    @BeforeEach
    void writeAFile() throws IOException {
        file = temporary.resolve("weights");
        memory = temporary.resolve("hashes");
        write("first", WRITTEN);
    }

    private void write(String content, Instant at) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(at));
    }

    /** As a new process would find it. */
    private String hash() throws ModelException {
        return new FileHashes(memory).of(file);
    }

    private List<Path> memories() throws IOException {
        try (Stream<Path> all = Files.list(memory)) {
            return all.toList();
        }
    }

    @Test
    void aFileOfTheSameSizeAndTimeIsNotReadAgain() throws IOException, ModelException {
        String first = hash();
        assertEquals(ContentHash.ofFile(file), first);
        write("other", WRITTEN);
        assertEquals(first, hash());
        assertNotEquals(ContentHash.ofFile(file), first);
        assertEquals(1, memories().size());
    }

    @Test
    void anotherSizeOrAnotherTimeIsReadAgain() throws IOException, ModelException {
        hash();
        write("longer", WRITTEN);
        assertEquals(ContentHash.ofFile(file), hash());
        write("lomger", WRITTEN.plusNanos(1_000));
        assertEquals(ContentHash.ofFile(file), hash());
        assertEquals(1, memories().size());
    }

    @Test
    void aFileThatMayStillChangeInTheSameTickIsNotRemembered() throws IOException, ModelException {
        Clock atOnce = Clock.fixed(WRITTEN.plusMillis(500), ZoneOffset.UTC);
        String first = new FileHashes(memory, atOnce).of(file);
        write("other", WRITTEN);
        assertNotEquals(first, new FileHashes(memory, atOnce).of(file));
    }

    @Test
    void aDamagedMemoryOnlyCostsTime() throws IOException, ModelException {
        String whole = hash();
        Path remembered = memories().getFirst();
        String line = Files.readString(remembered);
        for (String damaged : List.of("", "nonsense", line.substring(0, line.length() - 1), line + "\n")) {
            Files.writeString(remembered, damaged);
            assertEquals(whole, hash());
            assertEquals(line, Files.readString(remembered));
        }
    }

    @Test
    void aMemoryThatCannotBeWrittenOnlyCostsTime() throws IOException, ModelException {
        Path occupied = Files.writeString(temporary.resolve("occupied"), "");
        assertEquals(ContentHash.ofFile(file), new FileHashes(occupied).of(file));
    }

    @Test
    void clearedMemoryIsEmpty() throws IOException, ModelException {
        hash();
        new FileHashes(memory).clear();
        assertEquals(List.of(), memories());
        write("other", WRITTEN);
        assertEquals(ContentHash.ofFile(file), hash());
    }

    @Test
    void aMissingFileIsSaidInASentence() {
        Path missing = temporary.resolve("missing");
        String sentence = Refusals.sentence(ModelException.class, () -> new FileHashes(memory).of(missing));
        assertTrue(sentence.startsWith(missing + " could not be read"), sentence);
    }
}
