package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.export.FilmFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTargetsTest {
    @TempDir
    private Path folder;

    /** Which is one file on many disks. */
    @Test
    void aNameThatDiffersFromAPendingOneOnlyInItsCaseIsTaken() {
        var targets =
                new ExportTargets(folder, "film", List.of(new ExportTargets.Kind(ExportContent.MORPH, FilmFormat.MP4)));
        assertEquals(
                folder.resolve("film-2.mp4"),
                targets.look(Set.of(folder.resolve("Film.mp4"))).getFirst().free());
    }
}
