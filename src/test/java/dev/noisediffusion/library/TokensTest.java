package dev.noisediffusion.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.RecordedLog;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.ModelException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    @TempDir
    private Path folder;

    private Tokens tokens() {
        return new Tokens(folder.resolve("deep/tokens.json"), Map.of());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions there come from the user's folder")
    void theFileIsTheUsersAlone() throws Exception {
        tokens().save("huggingface.co", "hf_abc");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens().file())));
        assertEquals(Optional.of("hf_abc"), tokens().of("huggingface.co"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions there come from the user's folder")
    void aFileThatOthersCanReadIsNotUsed() throws Exception {
        tokens().save("huggingface.co", "hf_abc");
        Files.setPosixFilePermissions(tokens().file(), PosixFilePermissions.fromString("rw-r--r--"));
        var failure = assertThrows(ModelException.class, () -> tokens().of("huggingface.co"));
        assertFalse(failure.toString().contains("hf_abc"));
    }

    @Test
    void aTokenGoesToItsOwnHostOverASafeConnectionOnly() throws Exception {
        tokens().save("huggingface.co", "hf_abc");
        assertEquals(Optional.of("hf_abc"), tokens().forAddress(URI.create("https://HuggingFace.co/x")));
        assertEquals(Optional.empty(), tokens().forAddress(URI.create("http://huggingface.co/x")));
        assertEquals(Optional.empty(), tokens().forAddress(URI.create("https://cdn.huggingface.co/x")));
        assertEquals(Optional.empty(), tokens().forAddress(URI.create("https://huggingface.co.evil.example/x")));
        assertEquals(Optional.empty(), tokens().forAddress(URI.create("https://huggingface.co@evil.example/x")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://huggingface.co", "huggingface.co/", "huggingface.co:443", "me@huggingface.co", "::1", ""
            })
    void whatIsNoBareNameOfAHostHasNoToken(String host) {
        var refused = assertThrows(IllegalArgumentException.class, () -> tokens().save(host, "hf_abc"));
        assertEquals("Expected a host such as huggingface.co, found '" + host + "'.", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> tokens().remove(host));
        assertFalse(Files.exists(tokens().file()));
    }

    @Test
    void aMachineMayBeNamedByItsNumber() throws Exception {
        for (String host : List.of("127.0.0.1", "[::1]")) {
            tokens().save(host, "of-" + host);
            assertEquals(Optional.of("of-" + host), tokens().forAddress(URI.create("http://" + host + ":8000/x")));
        }
    }

    /** It could be kept so once. */
    @Test
    void whatWasKeptUnderAnAddressCanBeForgotten() throws Exception {
        tokens().save("huggingface.co", "hf_abc");
        Fixtures.edit(tokens().file(), "huggingface.co", "https://huggingface.co");
        tokens().remove("https://huggingface.co");
        assertFalse(Files.readString(tokens().file()).contains("hf_abc"));
    }

    @Test
    void theEnvironmentGoesBeforeTheFileForTheHubOnly() throws Exception {
        tokens().save("huggingface.co", "of-file");
        var both = new Tokens(tokens().file(), Map.of("HF_TOKEN", " of-environment "));
        assertEquals(Optional.of("of-environment"), both.of("huggingface.co"));
        assertEquals(Optional.empty(), both.of("example.org"));
        assertEquals("HF_TOKEN", both.origin("HuggingFace.co"));
        assertEquals(tokens().file().toString(), both.origin("example.org"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two secrets", "Bearer hf_secret", "hf_s\u00e9cret"})
    void aVariableThatCanBeNoTokenIsPassedOverAndTheLogNamesIt(String value) throws Exception {
        try (var log = new RecordedLog()) {
            var both = new Tokens(tokens().file(), Map.of("HF_TOKEN", value));
            assertEquals(Optional.empty(), both.of("huggingface.co"));
            tokens().save("huggingface.co", "of-file");
            assertEquals(Optional.of("of-file"), both.of("huggingface.co"));
            assertEquals(both.file().toString(), both.origin("huggingface.co"));
            List<LogRecord> entries = log.entriesOf(Tokens.class);
            assertEquals(1, entries.size());
            String logged = entries.getFirst().getMessage();
            assertTrue(logged.contains("HF_TOKEN") && !logged.contains(value), logged);
        }
    }

    @Test
    void aTokenThatIsGivenLaterGoesBeforeTheEnvironment() throws Exception {
        var both = new Tokens(tokens().file(), Map.of("HF_TOKEN", "expired"));
        both.save("HuggingFace.co", "new");
        assertEquals(Optional.of("new"), both.of("huggingface.co"));
        assertEquals(both.file().toString(), both.origin("huggingface.co"));
        both.remove("huggingface.co");
        assertEquals(Optional.of("expired"), both.of("huggingface.co"));
    }

    @Test
    void whereThatOfTheEnvironmentIsRefusedTheFilesGoesBeforeIt() throws Exception {
        var both = new Tokens(tokens().file(), Map.of("HF_TOKEN", "expired"));
        URI address = URI.create("https://HuggingFace.co/x");
        assertEquals(Optional.empty(), both.insteadOf("expired", address));
        tokens().save("huggingface.co", "of-file");
        assertEquals(Optional.of("expired"), both.forAddress(address));
        assertEquals(Optional.of("of-file"), both.insteadOf("expired", address));
        assertEquals(Optional.of("expired"), both.forAddress(address), "whoever looks changes nothing");
        both.passOverEnvironment(address);
        assertEquals(Optional.of("of-file"), both.forAddress(address));
        assertEquals(both.file().toString(), both.origin("huggingface.co"));
        assertEquals(Optional.empty(), both.insteadOf("of-file", address));
    }

    /** What everybody may have needs none. */
    @Test
    void aFileThatCannotBeReadHoldsNoOtherToken() throws Exception {
        tokens().save("huggingface.co", "of-file");
        Files.writeString(tokens().file(), "unsound");
        assertEquals(Optional.empty(), tokens().insteadOf("expired", URI.create("https://huggingface.co/x")));
    }

    @Test
    void oneIsForgottenAndTheOthersStay() throws Exception {
        tokens().save("huggingface.co", "one");
        tokens().save("example.org", "two");
        tokens().remove("huggingface.co");
        assertEquals(Optional.empty(), tokens().of("huggingface.co"));
        assertEquals(Optional.of("two"), tokens().of("example.org"));
    }

    @Test
    void whatIsNoTokenIsNotRepeated() throws Exception {
        var failure =
                assertThrows(IllegalArgumentException.class, () -> tokens().save("example.org", "my secret\nX: y"));
        assertFalse(failure.toString().contains("secret"));
        tokens().save("example.org", "x");
        Files.writeString(tokens().file(), "{\"example.org\": secret");
        var unsound = assertThrows(ModelException.class, () -> tokens().of("example.org"));
        assertFalse(unsound.toString().contains("secret"));
    }
}
