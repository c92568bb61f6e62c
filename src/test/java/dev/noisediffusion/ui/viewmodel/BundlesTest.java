package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.text.ChoiceFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every language says everything, with the same things filled in. */
class BundlesTest {
    private static Properties bundle(String suffix) throws IOException {
        var texts = new Properties();
        String name = "/dev/noisediffusion/ui/messages" + suffix + ".properties";
        try (var in = new InputStreamReader(
                Objects.requireNonNull(BundlesTest.class.getResourceAsStream(name), name), StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"_de", "_zh"})
    void noTextIsMissingAndNoneIsLeftOver(String suffix) throws IOException {
        var english = bundle("").stringPropertyNames();
        var translated = bundle(suffix).stringPropertyNames();
        var missing = new TreeSet<>(english);
        missing.removeAll(translated);
        var leftOver = new TreeSet<>(translated);
        leftOver.removeAll(english);

        assertTrue(
                missing.isEmpty() && leftOver.isEmpty(),
                () -> "messages" + suffix + ".properties lacks " + missing + " and has, beyond the English, "
                        + leftOver);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_de", "_zh"})
    void everyTextTakesTheSameArguments(String suffix) throws IOException {
        Properties english = bundle("");
        Properties translated = bundle(suffix);
        var wrong = new ArrayList<String>();
        for (String key : translated.stringPropertyNames()) {
            String original = english.getProperty(key);
            if (original != null && !arguments(original).equals(arguments(translated.getProperty(key)))) {
                wrong.add(key);
            }
        }
        assertEquals(List.of(), wrong, "Texts of messages" + suffix + " with other arguments than the English");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_de", "_zh"})
    void noTextIsBlankOrHasALoneApostrophe(String suffix) throws IOException {
        Properties texts = bundle(suffix);
        for (String key : texts.stringPropertyNames()) {
            String text = texts.getProperty(key);
            assertTrue(!text.isBlank() && !text.replace("''", "").contains("'"), key + suffix);
        }
    }

    @ParameterizedTest
    @CsvSource({"_de, Ctrl", "_de, Startzahl", "_de, Methode", "_de, gesichert", "_zh, 您", "_zh, 图表", "_zh, 截取"})
    void oneWordIsKeptForOneThing(String suffix, String other) throws IOException {
        Properties texts = bundle(suffix);
        List<String> drifted = texts.stringPropertyNames().stream()
                .filter(key -> texts.getProperty(key).contains(other))
                .toList();
        assertEquals(List.of(), drifted);
    }

    @Test
    void theLanguageChosenIsSpoken() {
        assertEquals(
                "Zwei Bilder ergeben einen Morph", Texts.load(Locale.GERMANY).get("preview.empty.title"));
        assertEquals("两张图片成就一段渐变", Texts.load(Locale.CHINA).get("preview.empty.title"));
        assertEquals("Two pictures make a morph", Texts.load(Locale.FRANCE).get("preview.empty.title"));
        for (LanguageChoice language : LanguageChoice.values()) {
            assertTrue(Texts.load(language.locale()).find("app.window").isPresent());
        }
    }

    /**
     * The numbers of the arguments and their formats, in the order of their numbers; a language may have words of its
     * own for one and for many, and a space before the percent sign.
     */
    private static List<String> arguments(String text) {
        Format[] formats = new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex();
        return Arrays.stream(formats)
                .map(format -> format == null || format instanceof ChoiceFormat
                        ? "plain"
                        : format.toString().replaceAll("@.*", "").replace("\u00a0", ""))
                .toList();
    }
}
