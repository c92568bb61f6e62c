package dev.noisediffusion.ui.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FxFileDialogsTest {
    @TempDir
    private Path folder;

    private final FileChooser chooser = new FileChooser();
    /** What the user answers, in order, and then calls it off. */
    private final Deque<Path> answers = new ArrayDeque<>();
    /** The folders and names that the chooser began with. */
    private final List<String> asked = new ArrayList<>();

    private @Nullable File choose() {
        return FxFileDialogs.target(chooser, ".morph", shown -> {
            asked.add(shown.getInitialDirectory() + " " + shown.getInitialFileName());
            Path answer = answers.poll();
            return answer == null ? null : answer.toFile();
        });
    }

    @Test
    void anExtensionThatWasLeftOutIsAdded() {
        answers.add(folder.resolve("rose"));
        assertEquals(folder.resolve("rose.morph").toFile(), choose());
        answers.add(folder.resolve("ROSE.MORPH"));
        assertEquals(folder.resolve("ROSE.MORPH").toFile(), choose());
        assertEquals(2, asked.size());
    }

    @Test
    void theUserIsAskedBeforeTheWholeNameOverwritesAFile() throws IOException {
        Files.createFile(folder.resolve("rose.morph"));
        answers.add(folder.resolve("rose"));
        assertNull(choose());
        assertEquals(folder + " rose.morph", asked.getLast());
        answers.add(folder.resolve("rose"));
        answers.add(folder.resolve("rose.morph"));
        assertEquals(folder.resolve("rose.morph").toFile(), choose());
        assertEquals(4, asked.size());
    }

    @Test
    void picturesOfCamerasAreListed() {
        assertTrue(FxFileDialogs.PICTURES.containsAll(List.of("*.jpg", "*.JPG", "*.TIFF")));
    }
}
