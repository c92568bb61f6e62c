package dev.noisediffusion.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against the ids that the reference implementation (the tokenizers library, 0.21) gives for the same tables. */
class ClipTokenizerTest {
    private static final Path TABLES = Fixtures.folder("sd-tiny-onnx").resolve("tokenizer");
    private static final int END = 49407;

    private static ClipTokenizer tokenizer() throws ModelException {
        return ClipTokenizer.read(TABLES, ClipTokenizer.paddingIn(TABLES, "!"));
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
        assertEquals(List.of(file), ClipTokenizer.filesIn(folder));
        requireIdsOfTheReference(ClipTokenizer.read(folder, "<|endoftext|>"));
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

    @Test
    void whatALongPromptHasNoRoomForIsSaid() throws ModelException {
        String prompt = "Tulip ".repeat(75) + "and a Rose, at night";
        assertEquals("and a rose, at night", tokenizer().encode(prompt).unread());
        assertEquals("", tokenizer().encode("tulip ".repeat(75)).unread());
    }

    @Test
    void stableDiffusionTwoPadsWithAnotherToken() throws ModelException {
        List<Integer> ids = ClipTokenizer.read(TABLES, "!").encode("").ids();
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
        String nothing = Refusals.sentence(ModelException.class, () -> ClipTokenizer.read(folder, "!"));
        assertEquals(file + ": expected \"model\" to be an object, found nothing.", nothing);
        Files.writeString(file, "{\"model\": {\"type\": \"Unigram\", \"vocab\": []}}");
        String other = Refusals.sentence(ModelException.class, () -> ClipTokenizer.read(folder, "!"));
        assertEquals(file + ": expected \"model.type\" to be \"BPE\", found \"Unigram\".", other);
    }

    @Test
    void aTableWithoutTheEndIsRefusedInASentence(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), "{\"a\":0}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
        String message = Refusals.sentence(ModelException.class, () -> ClipTokenizer.read(folder, "a"));
        assertTrue(message.contains("vocab.json: expected the token <|startoftext|>"), message);
    }
}
