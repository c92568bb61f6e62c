package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CLIP's tokenizer (Radford et al. 2021): small letters, words, and byte-pair encoding (Sennrich et al. 2016) of their
 * UTF-8 bytes, read from a {@code vocab.json} and a {@code merges.txt}, or from the {@code tokenizer.json} that version 5 of the
 * transformers library writes in their place. Immutable.
 */
public final class ClipTokenizer {
    /** Tokens that a text encoder takes, start and end included. */
    public static final int LENGTH = 77;

    private static final String VOCABULARY = "vocab.json";
    private static final String MERGES = "merges.txt";
    private static final String BOTH = "tokenizer.json";
    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final String END_OF_WORD = "</w>";
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile(
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, Integer> ids;
    private final Map<String, Integer> ranks;
    private final char[] letters = byteLetters();
    private final int start;
    private final int end;
    private final int padding;

    private ClipTokenizer(Map<String, Integer> ids, Map<String, Integer> ranks, int padding) {
        this.ids = ids;
        this.ranks = ranks;
        this.start = ids.getOrDefault(START, -1);
        this.end = ids.getOrDefault(END, -1);
        this.padding = padding;
    }

    /** Whether a folder holds the tables of a tokenizer. */
    public static boolean isIn(Path folder) {
        return !filesIn(folder).isEmpty();
    }

    /** The files whose tables are read in a folder; none where it does not hold them all. */
    static List<Path> filesIn(Path folder) {
        return Stream.of(List.of(VOCABULARY, MERGES), List.of(BOTH))
                .map(names -> names.stream().map(folder::resolve).toList())
                .filter(files -> files.stream().allMatch(Files::isRegularFile))
                .findFirst()
                .orElse(List.of());
    }

    /**
     * Reads a tokenizer folder.
     *
     * @param padding the token behind the end, by name; Stable Diffusion 1 repeats the end, 2 has {@code !}
     * @throws ModelException if a table is missing or unsound
     */
    public static ClipTokenizer read(Path folder, String padding) throws ModelException {
        Path both = folder.resolve(BOTH);
        Tables tables = filesIn(folder).contains(both)
                ? tables(both)
                : new Tables(ConfigFile.read(folder.resolve(VOCABULARY)), lines(folder.resolve(MERGES)));
        Map<String, Integer> ids = tables.vocabulary().numbersByName();
        for (String needed : List.of(START, END, padding)) {
            if (!ids.containsKey(needed)) {
                throw ModelException.in(tables.vocabulary().file(), "the token " + needed, "none of that name");
            }
        }
        return new ClipTokenizer(ids, ranks(tables.merges()), ids.getOrDefault(padding, 0));
    }

    /**
     * The name of the padding token that a tokenizer folder asks for.
     *
     * @param otherwise where the folder does not say
     */
    static String paddingIn(Path folder, String otherwise) throws ModelException {
        // Where both say it the first one counts, as in the transformers library, which however reads it only where the
        // second has no "added_tokens_decoder".
        for (String name : List.of("special_tokens_map.json", "tokenizer_config.json")) {
            Path file = folder.resolve(name);
            Optional<String> padding = Files.exists(file) ? padding(ConfigFile.read(file)) : Optional.empty();
            if (padding.isPresent()) {
                return padding.get();
            }
        }
        return otherwise;
    }

    private static Optional<String> padding(ConfigFile tokens) throws ModelException {
        String field = "pad_token";
        String name = tokens.isObject(field)
                ? tokens.section(field).orElseThrow().text("content", "")
                : tokens.text(field, "");
        return Optional.of(name).filter(said -> !said.isEmpty());
    }

    /** What a folder says of tokens, and which of them were joined, the earliest first. */
    private record Tables(ConfigFile vocabulary, List<String> merges) {}

    private static Tables tables(Path both) throws ModelException {
        ConfigFile model = section(ConfigFile.read(both), "model");
        model.requireText("type", "BPE");
        return new Tables(section(model, "vocab"), model.phrases("merges"));
    }

    private static ConfigFile section(ConfigFile file, String name) throws ModelException {
        return file.section(name).orElseThrow(() -> file.refuse(name, "an object", "nothing"));
    }

    private static List<String> lines(Path merges) throws ModelException {
        try {
            return Files.readAllLines(merges, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.startsWith("#version") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw ModelException.failed(merges, "read", e);
        }
    }

    private static Map<String, Integer> ranks(List<String> merges) {
        var ranks = new HashMap<String, Integer>();
        for (String merge : merges) {
            ranks.putIfAbsent(merge, ranks.size());
        }
        return ranks;
    }

    /**
     * A prompt as a text encoder takes it.
     *
     * @param ids {@link #LENGTH} of them: the start, the prompt, the end, and padding
     * @param unread the end of the prompt, in small letters, for which there was no room
     */
    public record Tokens(List<Integer> ids, String unread) {
        public Tokens {
            ids = List.copyOf(ids);
        }
    }

    /** Turns a prompt into tokens. */
    public Tokens encode(String prompt) {
        String text = lowerCase(
                SPACE.matcher(Normalizer.normalize(prompt, Normalizer.Form.NFC)).replaceAll(" "));
        var tokens = new ArrayList<Integer>(LENGTH);
        tokens.add(start);
        String unread = "";
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            List<Integer> word = tokensOf(words.group());
            int room = LENGTH - 1 - tokens.size();
            tokens.addAll(word.subList(0, Math.min(room, word.size())));
            if (word.size() > room) {
                unread = text.substring(words.start()).strip();
                break;
            }
        }
        tokens.add(end);
        while (tokens.size() < LENGTH) {
            tokens.add(padding);
        }
        return new Tokens(tokens, unread);
    }

    /** Letter by letter, so that no letter's small form depends on its neighbours. */
    private static String lowerCase(String text) {
        return text.codePoints()
                .mapToObj(letter -> Character.toString(letter).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private List<Integer> tokensOf(String word) {
        if (word.equals(START) || word.equals(END)) {
            return List.of(word.equals(START) ? start : end);
        }
        var parts = new ArrayList<String>();
        for (byte one : word.getBytes(StandardCharsets.UTF_8)) {
            parts.add(String.valueOf(letters[Byte.toUnsignedInt(one)]));
        }
        parts.set(parts.size() - 1, parts.getLast() + END_OF_WORD);
        merge(parts);
        return parts.stream().map(part -> ids.getOrDefault(part, end)).toList();
    }

    /** Joins the neighbours that were joined earliest in training until no two belong together. */
    private void merge(List<String> parts) {
        while (parts.size() > 1) {
            int best = -1;
            int bestRank = Integer.MAX_VALUE;
            for (int i = 0; i < parts.size() - 1; i++) {
                int rank = ranks.getOrDefault(parts.get(i) + " " + parts.get(i + 1), Integer.MAX_VALUE);
                if (rank < bestRank) {
                    best = i;
                    bestRank = rank;
                }
            }
            if (best < 0) {
                return;
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
    }

    /** The visible letter that stands for each byte: Latin-1's own where it has one, others from 256 up. */
    private static char[] byteLetters() {
        var letters = new char[256];
        int next = 256;
        for (int one = 0; one < letters.length; one++) {
            boolean visible = (one >= '!' && one <= '~') || (one >= 0xA1 && one != 0xAD);
            letters[one] = (char) (visible ? one : next++);
        }
        return letters;
    }
}
