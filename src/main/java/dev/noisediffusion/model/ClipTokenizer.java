package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CLIP's tokenizer (Radford et al. 2021): small letters, words, and byte-pair encoding (Sennrich et al. 2016) of their
 * UTF-8 bytes, read from a {@code vocab.json} and a {@code merges.txt}, or from the {@code tokenizer.json} that version 5 of the
 * transformers library writes in their place. Words that a model has learnt beside these tables (textual inversion, Gal et al. 2022)
 * are one token each, wherever they stand. Immutable.
 */
public final class ClipTokenizer {
    /** Tokens that a text encoder takes, start and end included. */
    public static final int LENGTH = 77;

    private static final String VOCABULARY = "vocab.json";
    private static final String MERGES = "merges.txt";
    private static final String BOTH = "tokenizer.json";
    private static final String ADDED = "added_tokens.json";
    private static final String CONFIG = "tokenizer_config.json";
    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";
    private static final String END_OF_WORD = "</w>";
    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern WORD = Pattern.compile(
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final Pattern ID = Pattern.compile("[0-9]{1,9}");

    private final Map<String, Integer> ids;
    private final Map<String, Integer> ranks;
    private final Map<String, Integer> learnt;
    private final Pattern learntWord;
    private final char[] letters = byteLetters();
    private final int start;
    private final int end;
    private final int padding;

    private ClipTokenizer(
            Map<String, Integer> ids, Map<String, Integer> ranks, Map<String, Integer> learnt, int padding) {
        this.ids = ids;
        this.ranks = ranks;
        this.learnt = learnt;
        this.learntWord = anyOf(learnt.keySet());
        this.start = ids.getOrDefault(START, -1);
        this.end = ids.getOrDefault(END, -1);
        this.padding = padding;
    }

    /** Whether a folder holds the tables of a tokenizer. */
    public static boolean isIn(Path folder) {
        return !tablesIn(folder).isEmpty();
    }

    /** The files whose tables are read in a folder; none where it does not hold them all. */
    static List<Path> tablesIn(Path folder) {
        return Stream.of(List.of(VOCABULARY, MERGES), List.of(BOTH))
                .map(names -> names.stream().map(folder::resolve).toList())
                .filter(files -> files.stream().allMatch(Files::isRegularFile))
                .findFirst()
                .orElse(List.of());
    }

    /** The same, and those that have words beside the tables, of ids below a limit. */
    static List<Path> filesIn(Path folder, int learntBelow) throws ModelException {
        var files = new LinkedHashSet<>(tablesIn(folder));
        for (Map.Entry<Path, Map<String, Integer>> added : addedIn(folder).entrySet()) {
            List<String> words = added.getValue().entrySet().stream()
                    .filter(word -> word.getValue() < learntBelow)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!words.isEmpty() && !tables(folder).vocabulary().names().containsAll(words)) {
                files.add(added.getKey());
            }
        }
        return List.copyOf(files);
    }

    /**
     * Reads a tokenizer folder.
     *
     * @param padding the token behind the end, by name; Stable Diffusion 1 repeats the end, 2 has {@code !}
     * @param learntBelow words that the folder has beside its tables are read where their ids are below this; 0 for none
     * @throws ModelException if a table is missing or unsound
     */
    public static ClipTokenizer read(Path folder, String padding, int learntBelow) throws ModelException {
        Tables tables = tables(folder);
        Map<String, Integer> ids = tables.vocabulary().numbersByName();
        for (String needed : List.of(START, END, padding)) {
            if (!ids.containsKey(needed)) {
                throw ModelException.in(tables.vocabulary().file(), "the token " + needed, "none of that name");
            }
        }
        return new ClipTokenizer(
                ids,
                ranks(tables.merges()),
                learntBelow > 0 ? learntIn(folder, ids.keySet(), learntBelow) : Map.of(),
                ids.getOrDefault(padding, 0));
    }

    private static Map<String, Integer> learntIn(Path folder, Set<String> vocabulary, int below) throws ModelException {
        var learnt = new HashMap<String, Integer>();
        for (Map<String, Integer> added : addedIn(folder).values()) {
            added.forEach((word, id) -> {
                if (id < below && !vocabulary.contains(word) && !word.isBlank()) {
                    learnt.put(plain(word), id);
                }
            });
        }
        return learnt;
    }

    /**
     * What files of a folder say of tokens beside its tables. The start, the end and the padding are among them, which the vocabulary
     * has as well.
     */
    private static Map<Path, Map<String, Integer>> addedIn(Path folder) throws ModelException {
        var added = new LinkedHashMap<Path, Map<String, Integer>>();
        Path both = folder.resolve(BOTH);
        if (tablesIn(folder).contains(both)) {
            added.put(both, addedInList(ConfigFile.read(both)));
        }
        Path list = folder.resolve(ADDED);
        if (Files.isRegularFile(list)) {
            added.put(list, ConfigFile.read(list).numbersByName());
        }
        Path config = folder.resolve(CONFIG);
        if (Files.isRegularFile(config)) {
            added.put(config, addedById(ConfigFile.read(config)));
        }
        return added;
    }

    private static Map<String, Integer> addedInList(ConfigFile both) throws ModelException {
        var words = new HashMap<String, Integer>();
        for (ConfigFile token : both.sections("added_tokens")) {
            int id = token.optionalInteger("id").orElseThrow(() -> token.refuse("id", "a whole number", "nothing"));
            words.put(token.text("content", ""), id);
        }
        return words;
    }

    private static Map<String, Integer> addedById(ConfigFile config) throws ModelException {
        String field = "added_tokens_decoder";
        var words = new HashMap<String, Integer>();
        if (config.isObject(field)) {
            ConfigFile tokens = section(config, field);
            for (String id : tokens.names()) {
                if (!ID.matcher(id).matches()) {
                    throw config.refuse(field, "tokens by their ids", "\"" + id + "\"");
                }
                words.put(section(tokens, id).text("content", ""), Integer.parseInt(id));
            }
        }
        return words;
    }

    /**
     * The name of the padding token that a tokenizer folder asks for.
     *
     * @param otherwise where the folder does not say
     */
    static String paddingIn(Path folder, String otherwise) throws ModelException {
        // Where both say it the first one counts, as in the transformers library, which however reads it only where the
        // second has no "added_tokens_decoder".
        for (String name : List.of("special_tokens_map.json", CONFIG)) {
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

    private static Tables tables(Path folder) throws ModelException {
        Path both = folder.resolve(BOTH);
        if (!tablesIn(folder).contains(both)) {
            return new Tables(ConfigFile.read(folder.resolve(VOCABULARY)), lines(folder.resolve(MERGES)));
        }
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
        String text = plain(prompt);
        var tokens = new ArrayList<Integer>(LENGTH);
        tokens.add(start);
        String unread = "";
        for (MatchResult word : words(text)) {
            List<Integer> its = tokensOf(word.group());
            int room = LENGTH - 1 - tokens.size();
            tokens.addAll(its.subList(0, Math.min(room, its.size())));
            if (its.size() > room) {
                unread = text.substring(word.start()).strip();
                break;
            }
        }
        tokens.add(end);
        while (tokens.size() < LENGTH) {
            tokens.add(padding);
        }
        return new Tokens(tokens, unread);
    }

    /** The learnt words of a text, wherever they stand, and the others between them. */
    private List<MatchResult> words(String text) {
        var words = new ArrayList<MatchResult>();
        Matcher own = learntWord.matcher(text);
        Matcher others = WORD.matcher(text);
        int from = 0;
        boolean more = true;
        while (more) {
            more = own.find();
            others.region(from, more ? own.start() : text.length());
            while (others.find()) {
                words.add(others.toMatchResult());
            }
            if (more) {
                words.add(own.toMatchResult());
                from = own.end();
            }
        }
        return words;
    }

    /** Finds the longest of some words. */
    private static Pattern anyOf(Set<String> words) {
        return words.isEmpty()
                ? NOTHING
                : Pattern.compile(words.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|")));
    }

    private static String plain(String text) {
        return lowerCase(
                SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll(" "));
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
        Integer own = learnt.get(word);
        if (own != null) {
            return List.of(own);
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
