package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FrameRangeTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int morph(String target, String... more) {
        var arguments = new ArrayList<>(List.of(
                "morph",
                "assets/samples/01-dahlia.jpg",
                "assets/samples/02-anemone.jpg",
                "assets/samples/03-marigold.jpg",
                "--model",
                "src/test/resources/fixtures/unet2d-modern",
                "--steps",
                "4",
                "--frames",
                "9",
                "-o",
                folder.resolve(target).toString()));
        arguments.addAll(List.of(more));
        CommandLine commandLine =
                StudioCommand.commandLine(new Installation(Path.of("").toAbsolutePath()));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    private SortedMap<String, byte[]> frames(String... targets) throws IOException {
        var frames = new TreeMap<String, byte[]>();
        for (String target : targets) {
            try (Stream<Path> files = Files.list(folder.resolve(target))) {
                for (Path file : files.toList()) {
                    byte[] before = frames.put(file.getFileName().toString(), Files.readAllBytes(file));
                    assertNull(before, "Twice: " + file);
                }
            }
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--gamma 0.3 --noise travelling",
                "--easing constant-speed --method slerp",
                "--compare crossfade --noise redrawn --gamma 0.5",
                "--closed --endpoints method"
            })
    void allRangesTogetherAreTheWholeFilmByteForByte(String settings) throws IOException {
        String[] options = settings.split(" ", -1);
        assertEquals(ExitCode.OK, morph("whole", options), err::toString);
        for (String range : List.of("1:4", "5:5", "6:9")) {
            var more = new ArrayList<>(List.of(options));
            more.addAll(List.of("--frames-range", range));
            assertEquals(ExitCode.OK, morph("part-" + range.charAt(0), more.toArray(String[]::new)), err::toString);
        }

        SortedMap<String, byte[]> whole = frames("whole");
        SortedMap<String, byte[]> parts = frames("part-1", "part-5", "part-6");
        assertEquals(9, whole.size());
        assertEquals(whole.keySet(), parts.keySet());
        whole.forEach((name, bytes) -> assertArrayEquals(bytes, parts.get(name), name));
        assertEquals("frame-0005.png", frames("part-5").firstKey());
    }

    @ParameterizedTest
    @CsvSource({
        "0:3, expected FIRST:LAST",
        "4:3, expected FIRST:LAST",
        "4, expected FIRST:LAST",
        "a:b, expected FIRST:LAST",
        "8:10, 'The film has 9 frames, so there is no frame 10: choose a range from 1 to 9.'"
    })
    void aRangeThatIsNoneIsRefusedBeforeAnythingIsWritten(String range, String sentence) {
        assertEquals(ExitCode.USAGE, morph("part", "--frames-range", range));
        assertTrue(err.toString().contains(sentence), err::toString);
        assertFalse(Files.exists(folder.resolve("part")));
    }

    @Test
    void onlyNumberedPicturesAreWrittenInParts() {
        assertEquals(ExitCode.USAGE, morph("part.mp4", "--frames-range", "1:2"));
        assertEquals(ExitCode.USAGE, morph("part", "--frames-range", "1:2", "--playback", "ping-pong"));
        assertEquals(ExitCode.USAGE, morph("part", "--frames-range", "1:2", "--repeats", "2"));
        assertTrue(err.toString().contains("A range of frames is written as numbered PNG files"), err::toString);
        assertFalse(Files.exists(folder.resolve("part.mp4")));
    }
}
