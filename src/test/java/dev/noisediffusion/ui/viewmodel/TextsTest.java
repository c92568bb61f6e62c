package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Refusal;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.project.MethodName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final Pattern DETAIL = Pattern.compile("D\\d");
    private static final Pattern WRITTEN = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern BEGUN = Pattern.compile("\"([a-zA-Z.]+\\.)\"\\s*\\+");
    private static final Pattern ENDED = Pattern.compile("\\+\\s*\"(\\.[a-zA-Z]+)\"");
    private static final Pattern CONSTANT = Pattern.compile("\\b[A-Z][A-Z0-9_]*\\b");

    private final Texts texts = Texts.load(Locale.ENGLISH);

    private static List<Parameter> all(ParametersViewModel parameters) {
        return List.of(
                parameters.method(),
                parameters.gamma(),
                parameters.boundary(),
                parameters.placement(),
                parameters.gain(),
                parameters.muGain(),
                parameters.nuGain(),
                parameters.depth(),
                parameters.steps(),
                parameters.frames(),
                parameters.seed(),
                parameters.noiseTravel(),
                parameters.easing(),
                parameters.endpoints(),
                parameters.words().prompt(),
                parameters.words().promptTo(),
                parameters.words().negative(),
                parameters.words().guidance());
    }

    @Test
    void everyParameterHasANameAndSaysWhatItDoes() {
        for (Parameter parameter : all(new ParametersViewModel(new SplittableRandom(1)))) {
            assertFalse(texts.get("parameter." + parameter.id()).isBlank());
            assertFalse(texts.get("parameter." + parameter.id() + ".help").isBlank());
        }
    }

    @Test
    void everyParameterThatCanBeIdleSaysWhy() {
        var parameters = new ParametersViewModel(new SplittableRandom(1));
        var idle = new HashSet<String>();
        for (MethodName method : MethodName.values()) {
            parameters.method().set(method);
            all(parameters).stream()
                    .filter(parameter -> !parameter.relevant().get())
                    .forEach(parameter -> idle.add(parameter.id()));
        }
        assertTrue(idle.containsAll(List.of("gamma", "seed", "depth", "prompt")), idle::toString);
        for (String id : idle) {
            assertTrue(texts.find("parameter." + id + ".idle").isPresent(), id);
        }
    }

    /**
     * What keys are made of in the sources.
     *
     * @param written all literals
     * @param begun those that something is put behind
     * @param ended those that are put behind something
     * @param constants names in capitals
     */
    private record Literals(Set<String> written, Set<String> begun, Set<String> ended, Set<String> constants) {
        static Literals ofSources() throws IOException {
            var literals = new Literals(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
            try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    WRITTEN.matcher(source).results().forEach(found -> literals.written.add(found.group(1)));
                    BEGUN.matcher(source).results().forEach(found -> literals.begun.add(found.group(1)));
                    ENDED.matcher(source).results().forEach(found -> literals.ended.add(found.group(1)));
                    CONSTANT.matcher(source).results().forEach(found -> literals.constants.add(found.group()));
                }
            }
            return literals;
        }

        /** Whether a key stands there whole, or in parts: the first one ends in a point, or the last one begins with one. */
        boolean make(String key) {
            return written.contains(key)
                    || begun.stream().anyMatch(begin -> key.startsWith(begin) && goesOn(begin, key))
                    || ended.stream()
                            .anyMatch(end -> key.endsWith(end)
                                    && written.contains(key.substring(0, key.length() - end.length())));
        }

        /** One word begins texts of many kinds: what is put behind it has to stand there too. */
        private boolean goesOn(String begin, String key) {
            boolean oneWord = begin.indexOf('.') == begin.length() - 1;
            return !oneWord || areParts(key.substring(begin.length()));
        }

        /** Some parts have points within. */
        private boolean areParts(String rest) {
            return isPart(rest)
                    || IntStream.range(0, rest.length())
                            .filter(at -> rest.charAt(at) == '.')
                            .anyMatch(at -> isPart(rest.substring(0, at)) && areParts(rest.substring(at + 1)));
        }

        private boolean isPart(String text) {
            return written.contains(text) || ended.contains("." + text) || constants.contains(text);
        }
    }

    @Test
    void everyTextIsUsed() throws IOException {
        Literals literals = Literals.ofSources();
        Set<String> keys = ResourceBundle.getBundle("dev.noisediffusion.ui.messages", Locale.ROOT)
                .keySet();
        assertTrue(keys.size() > 1000, () -> "texts: " + keys.size());
        assertEquals(
                List.of(),
                keys.stream().filter(key -> !literals.make(key)).sorted().toList());
        List<String> leftOver = List.of(
                "history.boundary.gone",
                "parameter.gamma.gone",
                "parameter.goneToo",
                "preset.GONE_TOO.tip",
                "trouble.film.GONE_TOO");
        assertEquals(
                leftOver, leftOver.stream().filter(key -> !literals.make(key)).toList(), "what is not used is found");
    }

    @Test
    void numbersAreWrittenAsInTheLanguageAndTypedInEither() {
        var number = new NumberParameter("gain", NumberParameter.Range.of(0, 20_000, 2), 1);
        Texts german = Texts.load(Locale.GERMAN);

        assertEquals("1.13", texts.number(1.125, 2));
        assertEquals("12345.60", texts.number(12_345.6, 2));
        assertEquals("12345,60", german.number(12_345.6, 2));
        number.type(german.number(12_345.6, 2));
        assertEquals(12_345.6, number.get());
        number.type("0.75");
        assertEquals("0,75", german.number(number));
    }

    @Test
    void bytesAreWrittenAsInTheLanguage() {
        Texts german = Texts.load(Locale.GERMAN);

        assertEquals("3.4 GB", texts.bytes(3_400_000_000L));
        assertEquals("3,4 GB", german.bytes(3_400_000_000L));
        assertEquals(
                "SDXL braucht 3,4 GB in /models, und dort sind noch 512 MB frei. Schaffe dort Platz.",
                german.trouble(ModelRefusal.NO_ROOM.with("SDXL", 3_400_000_000L, "/models", 512_000_000L)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | “a.png”, “b.png”
            de | „a.png“, „b.png“
            zh | “a.png”、“b.png”
            """)
    void namesAreQuotedAsInTheLanguage(String language, String quoted) {
        assertEquals(quoted, Texts.load(Locale.of(language)).quoted(Stream.of("a.png", "b.png")));
        assertEquals("", texts.quoted(Stream.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | 1 frame       | 2 frames
            de | 1 Einzelbild  | 2 Einzelbilder
            zh | 1 帧          | 2 帧
            """)
    void oneIsNotMany(String language, String one, String two) {
        Texts spoken = Texts.load(Locale.of(language));
        assertEquals(one, spoken.get("segment.frames.count", 1));
        assertEquals(two, spoken.get("segment.frames.count", 2));
        assertTrue(spoken.get("segment.chip", 1).contains(one));
        assertTrue(spoken.get("segment.chip", 2).contains(two));
    }

    @Test
    void callsThatAreLeftAreCounted() {
        assertEquals("Begun; about 1 network call is left", texts.get("lab.calls.left", 1L));
        assertEquals("Begun; about 20 network calls are left", texts.get("lab.calls.left", 20L));
    }

    @Test
    void aMethodHasOneNameWhereverItStands() {
        for (String language : List.of("en", "de", "zh")) {
            Texts spoken = Texts.load(Locale.of(language));
            for (MethodName method : MethodName.values()) {
                String name = spoken.get("parameter.method." + method.name());
                assertEquals(name, spoken.get("parameter.compareSide." + method.name()));
                assertTrue(spoken.get("parameter.method.tiles").contains(name), name);
            }
        }
    }

    @Test
    void onMacOsKeysAreToldAsMenusWriteThemThere() {
        Texts mac = Texts.load(Locale.ENGLISH, "Mac OS X");
        Texts german = Texts.load(Locale.GERMAN, "Mac OS X");
        Texts linux = Texts.load(Locale.GERMAN, "Linux");

        assertEquals("⌘N, ⇧⌘O", mac.get("shortcut.project.keys"));
        assertEquals("⌘N, ⇧⌘O", german.get("shortcut.project.keys"));
        assertEquals("Strg+N, Strg+Umschalt+O", linux.get("shortcut.project.keys"));
        assertEquals("⌥↑ ↓, D", mac.get("shortcut.reorder.keys"));
        assertEquals("How wide the brush is ([ and ], or ⌘ and the wheel)", mac.get("parameter.brushSize.help"));
        assertEquals("Saved Ctrl+C.mp4", mac.get("export.saved", "Ctrl+C.mp4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "zh"})
    void allTroubleWithDevicesHasWordsInEveryLanguage(String language) {
        Texts spoken = Texts.load(Locale.of(language));
        var sentences = new HashSet<String>();
        for (Trouble.Fault fault : Trouble.Fault.values()) {
            String sentence = spoken.trouble(new Trouble.ServerFault(fault, "http://gpu:8000", "details"));
            assertTrue(sentence.contains("http://gpu:8000") || fault == Trouble.Fault.MODEL_STAYS_HERE, sentence);
            sentences.add(sentence);
        }
        sentences.add(spoken.failure(new Failure(Trouble.Known.OUT_OF_MEMORY)));
        sentences.add(spoken.trouble(new Trouble.DeviceUnusable("CUDA", "no driver")));
        sentences.add(spoken.trouble(new Trouble.NoDevice("toaster")));
        sentences.add(spoken.notice(new DeviceNotice.Shrunk(2)));
        sentences.add(spoken.notice(new DeviceNotice.Moved("CPU")));
        sentences.add(spoken.notice(new DeviceNotice.Tiled(256)));
        sentences.add(spoken.notice(new DeviceNotice.PicturesMoved("CPU")));
        sentences.add(spoken.notice(new DeviceNotice.ServerLost("http://gpu:8000")));
        sentences.add(spoken.notice(new DeviceNotice.ServerBack("http://gpu:8000")));
        assertEquals(Trouble.Fault.values().length + 9, sentences.size());
        if (!language.equals("en")) {
            assertFalse(sentences.stream().anyMatch(sentence -> sentence.contains("The ")), sentences::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "zh"})
    void everyRefusalHasWordsInEveryLanguageAndAllItsDetails(String language) {
        Texts spoken = Texts.load(Locale.of(language));
        for (Class<?> kind : Refusal.class.getPermittedSubclasses()) {
            var sentences = new HashSet<String>();
            Object[] refusals = kind.getEnumConstants();
            for (Object each : refusals) {
                Trouble trouble = ((Refusal) each).with("D0", "D1", "D2", "D3", "D4");
                String sentence = spoken.trouble(trouble);
                assertFalse(sentence.contains("{"), sentence);
                assertEquals(details(texts.trouble(trouble)), details(sentence), sentence);
                sentences.add(sentence);
            }
            assertEquals(refusals.length, sentences.size(), kind::toString);
            if (!language.equals("en")) {
                assertFalse(sentences.stream().anyMatch(sentence -> sentence.contains(" the ")), sentences::toString);
            }
        }
    }

    private static Set<String> details(String sentence) {
        return DETAIL.matcher(sentence).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static final class Failure extends IllegalStateException implements Trouble.Carrier {
        private final transient Trouble trouble;

        Failure(Trouble trouble) {
            super("In English");
            this.trouble = trouble;
        }

        @Override
        public Trouble trouble() {
            return trouble;
        }
    }

    @Test
    void aFailureWithoutASentenceIsStillToldOf() {
        assertEquals("Something went wrong (StackOverflowError).", texts.failure(new StackOverflowError()));
    }

    @Test
    void memoryThatRunsOutIsToldInTheUsersLanguage() {
        var failure = new OutOfMemoryError("Required array size too large");
        assertEquals(
                "This needs more memory than there is: close other programs, or use fewer or smaller pictures.",
                texts.failure(failure));
        assertEquals(
                "Dafür reicht der Speicher nicht: Schließe andere Programme, oder nimm weniger oder kleinere Bilder.",
                Texts.load(Locale.GERMAN).failure(failure));
    }
}
