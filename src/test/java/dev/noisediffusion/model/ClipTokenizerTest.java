package dev.noisediffusion.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against the ids that the reference implementation (the tokenizers library, 0.21) gives for the same tables. */
class ClipTokenizerTest {
    private static final Path TABLES = Fixtures.folder("sd-tiny-onnx").resolve("tokenizer");
    private static final int END = 49407;

    /** A text encoder with a row for each word. */
    private static final int ANY = Integer.MAX_VALUE;

    /** A small one, and what it gives for a prompt with two learnt words. */
    private static final String VOCABULARY =
            "{\"!\": 0, \"<|startoftext|>\": 1, \"<|endoftext|>\": 2, \"a</w>\": 3, \"!</w>\": 4}";

    private static final List<Integer> WITH_TWO_WORDS = List.of(1, 3, 9, 4, 8, 3, 2);
    private static final String TWO_WORDS = "A<Cat-toy>! <cat-toy>2a";

    private static ClipTokenizer tokenizer() throws ModelException {
        return ClipTokenizer.read(TABLES, ClipTokenizer.paddingIn(TABLES, "!"), ANY);
    }

    @Test
    void everyIdIsTheReferencesOwn() throws IOException, ModelException {
        requireIdsOfTheReference(tokenizer());
    }

    /** Merges are pairs where version 5 of the transformers library has written them, and texts where an older one has. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tablesInOneFileGiveTheSameIds(boolean pairs, @TempDir Path folder) throws IOException, ModelException {
        var json = new JsonMapper();
        var merges = new ArrayList<Object>();
        for (String line : Files.readAllLines(TABLES.resolve("merges.txt"))) {
            if (!line.startsWith("#version")) {
                merges.add(pairs ? List.of(line.split(" ", -1)) : line);
            }
        }
        JsonNode vocabulary = json.readTree(Files.readAllBytes(TABLES.resolve("vocab.json")));
        Map<String, Object> model = Map.of("type", "BPE", "vocab", vocabulary, "merges", merges);
        Path file = folder.resolve("tokenizer.json");
        Files.write(file, json.writeValueAsBytes(Map.of("model", model)));
        assertEquals(List.of(file), ClipTokenizer.filesIn(folder, ANY));
        requireIdsOfTheReference(ClipTokenizer.read(folder, "<|endoftext|>", ANY));
    }

    private static void requireIdsOfTheReference(ClipTokenizer tokenizer) throws IOException {
        JsonNode cases = new JsonMapper()
                .readTree(Files.readAllBytes(Fixtures.folder("clip-tokenizer").resolve("token-ids.json")));
        var wrong = new ArrayList<String>();
        for (JsonNode one : cases) {
            List<Integer> expected = padded(one.get("ids"));
            String prompt = one.get("prompt").asString();
            List<Integer> found = tokenizer.encode(prompt).ids();
            if (!found.equals(expected)) {
                wrong.add("'" + prompt + "': expected " + expected + ", found " + found);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(cases.size() > 250, "There were " + cases.size() + " prompts");
    }

    /** The reference's ids, cut and padded to the length of the text encoder. */
    private static List<Integer> padded(JsonNode ids) {
        var padded = new ArrayList<Integer>();
        ids.forEach(id -> padded.add(id.asInt()));
        while (padded.size() < ClipTokenizer.LENGTH) {
            padded.add(END);
        }
        List<Integer> cut = new ArrayList<>(padded.subList(0, ClipTokenizer.LENGTH));
        cut.set(ClipTokenizer.LENGTH - 1, END);
        return cut;
    }

    private static void giveTables(Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), VOCABULARY);
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
    }

    private static List<Integer> beginning(Path folder, int learntBelow) throws ModelException {
        return ClipTokenizer.read(folder, "!", learntBelow)
                .encode(TWO_WORDS)
                .ids()
                .subList(0, WITH_TWO_WORDS.size());
    }

    /** As textual inversion adds them, and two versions of the transformers library save them; {@code !} pads, and no more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "added_tokens.json; {\"<cat-toy>\": 9, \"<cat-toy>2\": 8}",
                "tokenizer_config.json; {\"added_tokens_decoder\": {\"0\": {\"content\": \"!\", \"special\": true},"
                        + " \"9\": {\"content\": \"<cat-toy>\"}, \"8\": {\"content\": \"<cat-toy>2\"}}}"
            })
    void aWordThatTheModelHasLearntIsOneToken(String name, String json, @TempDir Path folder)
            throws IOException, ModelException {
        giveTables(folder);
        List<Path> tables = ClipTokenizer.filesIn(folder, ANY);
        Path words = Files.writeString(folder.resolve(name), json);
        assertEquals(WITH_TWO_WORDS, beginning(folder, ANY));
        assertNotEquals(WITH_TWO_WORDS, beginning(folder, 0));
        assertEquals(List.of(tables.getFirst(), tables.getLast(), words), ClipTokenizer.filesIn(folder, ANY));
    }

    @Test
    void aWordThatTheModelHasLearntIsOneTokenOfTablesInOneFile(@TempDir Path folder)
            throws IOException, ModelException {
        Path file = Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"model\": {\"type\": \"BPE\", \"merges\": [], \"vocab\": " + VOCABULARY + "}, \"added_tokens\": ["
                        + "{\"id\": 0, \"content\": \"!\"}, {\"id\": 9, \"content\": \"<cat-toy>\"},"
                        + " {\"id\": 8, \"content\": \"<cat-toy>2\"}]}");
        assertEquals(WITH_TWO_WORDS, beginning(folder, ANY));
        assertEquals(List.of(file), ClipTokenizer.filesIn(folder, ANY));
    }

    @Test
    void aWordThatTheTextEncoderHasNoRowForIsReadLetterByLetter(@TempDir Path folder)
            throws IOException, ModelException {
        giveTables(folder);
        List<Integer> letters = beginning(folder, 0);
        Files.writeString(folder.resolve("added_tokens.json"), "{\"<cat-toy>\": 9}");
        assertEquals(letters, beginning(folder, 9));
        assertEquals(ClipTokenizer.tablesIn(folder), ClipTokenizer.filesIn(folder, 9));
        assertNotEquals(letters, beginning(folder, 10));
    }

    /** Most folders have such a file: their models must keep their ids. */
    @Test
    void aFileThatNamesOnlyTokensOfTheVocabularyDoesNotCount(@TempDir Path folder) throws IOException, ModelException {
        giveTables(folder);
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"added_tokens_decoder\": {\"0\": {\"content\": \"!\"}, \"2\": {\"content\": \"<|endoftext|>\"}}}");
        assertEquals(ClipTokenizer.tablesIn(folder), ClipTokenizer.filesIn(folder, ANY));
        assertEquals(4, ClipTokenizer.read(folder, "!", ANY).encode("!").ids().get(1));
    }

    @Test
    void whatALongPromptHasNoRoomForIsSaid() throws ModelException {
        String prompt = "Tulip ".repeat(75) + "and a Rose, at night";
        assertEquals("and a rose, at night", tokenizer().encode(prompt).unread());
        assertEquals("", tokenizer().encode("tulip ".repeat(75)).unread());
    }

    @Test
    void stableDiffusionTwoPadsWithAnotherToken() throws ModelException {
        List<Integer> ids = ClipTokenizer.read(TABLES, "!", ANY).encode("").ids();
        assertEquals(List.of(49406, END, 0, 0), ids.subList(0, 4));
    }

    @Test
    void thePaddingIsSaidInOneOfTwoFiles(@TempDir Path folder) throws IOException, ModelException {
        Path config = folder.resolve("tokenizer_config.json");
        assertEquals("x", ClipTokenizer.paddingIn(folder, "x"));
        Files.writeString(config, "{\"pad_token\": null}");
        assertEquals("x", ClipTokenizer.paddingIn(folder, "x"));
        Files.writeString(config, "{\"pad_token\": {\"content\": \"?\"}}");
        assertEquals("?", ClipTokenizer.paddingIn(folder, "x"));
        Files.writeString(config, "{\"pad_token\": \"!\"}");
        assertEquals("!", ClipTokenizer.paddingIn(folder, "x"));
        Path map = folder.resolve("special_tokens_map.json");
        Files.writeString(map, "{\"unk_token\": \"u\"}");
        assertEquals("!", ClipTokenizer.paddingIn(folder, "x"));
        Files.writeString(map, "{\"pad_token\": \"p\"}");
        assertEquals("p", ClipTokenizer.paddingIn(folder, "x"));
    }

    @Test
    void oneFileOfAnotherKindIsRefusedInASentence(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "{}");
        String nothing = Refusals.sentence(ModelException.class, () -> ClipTokenizer.read(folder, "!", ANY));
        assertEquals(file + ": expected \"model\" to be an object, found nothing.", nothing);
        Files.writeString(file, "{\"model\": {\"type\": \"Unigram\", \"vocab\": []}}");
        String other = Refusals.sentence(ModelException.class, () -> ClipTokenizer.read(folder, "!", ANY));
        assertEquals(file + ": expected \"model.type\" to be \"BPE\", found \"Unigram\".", other);
    }

    @Test
    void aTableWithoutTheEndIsRefusedInASentence(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), "{\"a\":0}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
        String message = Refusals.sentence(ModelException.class, () -> ClipTokenizer.read(folder, "a", ANY));
        assertTrue(message.contains("vocab.json: expected the token <|startoftext|>"), message);
    }
}
