package dev.noisediffusion.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.files.Lockless;
import dev.noisediffusion.model.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutosavesTest {
    @TempDir
    private Path folder;

    private static ProjectDocument document() {
        return new ProjectDocument(
                ProjectDocument.FORMAT,
                ProjectDocument.VERSION,
                "the studio 1",
                null,
                List.of(),
                ParameterValues.NONE,
                Map.of(),
                null,
                null,
                false,
                null,
                null);
    }

    @Test
    void whatCannotBeWrittenIsNotKeptAndThatIsTold() throws Exception {
        try (var full = new Autosaves(folder)) {
            full.keep(document(), Map.of());
            Path work = session().resolve("work.morph");
            Files.delete(work);
            Files.createDirectories(work.resolve("in the way"));
            String refused = Refusals.sentence(ProjectException.class, () -> full.keep(document(), Map.of()));
            assertTrue(refused.startsWith("The work cannot be kept in “" + folder + "”"), refused);
        }
    }

    private Path session() throws IOException {
        try (Stream<Path> sessions = Files.list(folder)) {
            return sessions.findFirst().orElseThrow();
        }
    }

    @Test
    void whereNothingCanBeLockedNothingIsKeptAndThatIsTold() throws Exception {
        try (var without = new Autosaves(folder, Lockless.turns())) {
            String refused = Refusals.sentence(ProjectException.class, () -> without.keep(document(), Map.of()));
            assertTrue(refused.startsWith("The work cannot be kept in “" + folder + "”"), refused);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
