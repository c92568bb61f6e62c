package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is printed comes as the bytes that its reader understands. */
final class LauncherTest {
    @ParameterizedTest
    @CsvSource({
        "true, windows-1252, windows-1252, windows-1252",
        "true, windows-1252, ISO-8859-15, ISO-8859-15",
        "true, UTF-8, UTF-8, UTF-8",
        "true, US-ASCII, US-ASCII, UTF-8",
        "false, windows-1252, ISO-8859-15, ISO-8859-15",
        "false, windows-1252, windows-1252, UTF-8",
        "false, windows-1252, US-ASCII, UTF-8",
        "false, US-ASCII, US-ASCII, UTF-8"
    })
    void onlyTerminalsReadOtherBytesThanUtf8(boolean terminal, Charset systems, Charset streams, Charset read) {
        assertEquals(read, Launcher.charset(terminal, systems, streams));
    }

    @ParameterizedTest
    @CsvSource({"true, ISO-8859-1", "false, UTF-8"})
    void aWriterWritesTheBytesThatAreRead(boolean terminal, Charset read) {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, false, StandardCharsets.ISO_8859_1);
        Launcher.writer(terminal, StandardCharsets.ISO_8859_1, stream).println("Schöne Blumen");
        assertEquals("Schöne Blumen", bytes.toString(read).strip());
    }

    @Test
    void errorsArePrintedAsTheTerminalReadsThemWhereInputAndOutputAreOne() {
        Charset consoles = StandardCharsets.ISO_8859_1;
        var errors = new ByteArrayOutputStream();
        var commandLine = new CommandLine(CommandLine.Model.CommandSpec.create());
        Launcher.print(
                commandLine,
                true,
                consoles,
                new PrintStream(new ByteArrayOutputStream(), false, consoles),
                new PrintStream(errors, false, consoles));
        commandLine.getErr().println("Schöne Blumen");
        assertEquals("Schöne Blumen", errors.toString(consoles).strip());
    }
}
