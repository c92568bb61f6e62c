package dev.noisediffusion.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.model.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetFolderTest {
    @TempDir
    private Path folder;

    private static Preset preset(String name, double gamma) {
        return Preset.of(
                name,
                new ParameterValues(
                        Map.of("gamma", gamma, "frames", 33.0),
                        Map.of("method", "SLERP"),
                        Map.of("closed", true, "boundary.off", true)));
    }

    private PresetFolder presets() {
        return new PresetFolder(folder.resolve("presets"));
    }

    @Test
    void whatIsSavedComesBackWithoutWhatBelongsToTheFilm() throws ProjectException {
        presets().save(preset("Meine / Lieblinge", 0.25));
        presets().save(preset("another", 0.5));
        presets().save(preset("another", 0.75));

        List<Preset> found = presets().load().presets();
        assertEquals(
                List.of("another", "Meine / Lieblinge"),
                found.stream().map(Preset::name).toList());
        assertEquals(
                new ParameterValues(Map.of("gamma", 0.75), Map.of("method", "SLERP"), Map.of("boundary.off", true)),
                found.getFirst().values());
    }

    @Test
    void namesThatLookAlikeOnDiskKeepApart() throws ProjectException {
        presets().save(preset("a b", 0.25));
        presets().save(preset("a-b", 0.5));

        assertEquals(2, presets().load().presets().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "花", "𠀀"})
    void aLookIsKeptHoweverLongItsNameIs(String letter) throws ProjectException {
        String name = "x" + letter.repeat(300);
        presets().save(preset(name, 0.25));
        presets().save(preset(name + letter, 0.5));

        assertEquals(
                List.of(name, name + letter),
                presets().load().presets().stream().map(Preset::name).toList());
    }

    @Test
    void noLookIsKeptInADeviceOfWindows() throws Exception {
        presets().save(preset("Aux", 0.25));
        assertTrue(Files.exists(folder.resolve("presets/look-Aux.json")));
    }

    @Test
    void aPresetIsRenamedAndDeleted() throws ProjectException {
        presets().save(preset("before", 0.25));
        presets().rename(preset("before", 0.25), "after");
        assertEquals(
                List.of("after"),
                presets().load().presets().stream().map(Preset::name).toList());
        presets().rename(preset("after", 0.25), "after");
        presets().delete(preset("after", 0.25));
        assertEquals(List.of(), presets().load().presets());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"format\": \"noisediffusion-preset\", \"version\": 99}"})
    void aDamagedOneIsNamedAndLeftAlone(String content) throws Exception {
        presets().save(preset("good", 0.25));
        Path damaged = Files.writeString(folder.resolve("presets/look-good-2.json"), content);

        PresetFolder.Found found = presets().load();
        assertEquals(1, found.presets().size());
        assertEquals(List.of(damaged), found.damaged());
        presets().save(preset("good 2", 0.5));
        presets().delete(preset("good", 0.25));
        assertEquals(content, Files.readString(damaged));
        assertEquals(1, presets().load().presets().size());
    }

    @Test
    void aFolderThatCannotBeWrittenIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        String refused = Refusals.sentence(ProjectException.class, () -> new PresetFolder(file).save(preset("a", 0)));
        assertTrue(refused.contains("presets"), refused);
    }

    @ParameterizedTest
    @EnumSource
    void theStudiosLooksSayWhatIsMixedAndLeaveTheFilm(BuiltInPreset preset) {
        ParameterValues look = preset.look();
        assertEquals(
                java.util.Set.of("gamma", "boundary", "gain", "depth"),
                look.numbers().keySet());
        assertFalse(look.switches().containsKey(ParameterValues.CLOSED));
    }
}
