package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.critic.CriticException;
import dev.noisediffusion.critic.CriticFile;
import dev.noisediffusion.critic.CriticSettings;
import dev.noisediffusion.critic.ReadyCritic;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.morph.MorphFixtures;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.ui.viewmodel.FrameCritic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudioCriticsTest {
    private static final Path TINY = Path.of("src/test/resources/fixtures/unet2d-modern");

    @TempDir
    private Path folder;

    private StudioCritics critics() {
        var settings = new CriticSettings(24, 1, 2, 1);
        return new StudioCritics(new CriticFile(folder.resolve("critics")), settings, Models::open);
    }

    @Test
    void aTrainingIsEndedWhileItsModelOpens() throws IOException {
        var token = new CancellationToken();
        var critics =
                new StudioCritics(new CriticFile(folder.resolve("critics")), new CriticSettings(24, 1, 2, 1), model -> {
                    token.cancel();
                    CancellationToken.current().throwIfCancelled();
                    throw new AssertionError("It opens on");
                });
        Path photographs = photographs(24);
        assertThrows(CancellationException.class, () -> critics.train(TINY, photographs, ProgressListener.NONE, token));
    }

    private Path photographs(int count) throws IOException {
        Path photographs = Files.createDirectories(folder.resolve("photographs-" + count));
        for (int i = 0; i < count; i++) {
            var rgb = new byte[3 * 16 * 16];
            new Random(i).nextBytes(rgb);
            PngFile.write(Picture.wrap(16, 16, rgb), photographs.resolve(i + ".png"), Map.of());
        }
        return photographs;
    }

    private static String id() throws Exception {
        try (DiffusionModel model = Models.open(TINY)) {
            return model.id();
        }
    }

    @Test
    void aCriticTrainedInTheWindowIsKeptWithWhatItIsWorth() throws Exception {
        StudioCritics critics = critics();
        assertEquals(Optional.empty(), critics.find(id()));
        var heard = new ArrayList<Progress>();
        FrameCritic.Grade grade;
        try (FrameCritic trained = critics.train(TINY, photographs(24), heard::add, new CancellationToken())) {
            grade = trained.grade();
            assertEquals(6, grade.photographs());
            assertFalse(grade.good(), "nothing can be learnt of a random network: " + grade);
            assertThrows(CriticException.class, () -> trained.judge(Picture.wrap(16, 16, new byte[3 * 16 * 16])));
        }
        assertEquals(1, heard.getLast().fraction());
        try (FrameCritic found = critics.find(id()).orElseThrow()) {
            assertEquals(grade, found.grade());
        }
    }

    @Test
    void aPoorCriticDoesNotReplaceAGoodOne() throws Exception {
        Path file = ReadyCritic.save(new CriticFile(folder.resolve("critics")), id());
        byte[] good = Files.readAllBytes(file);
        StudioCritics critics = critics();
        Path photographs = photographs(24);
        String sentence = Refusals.sentence(
                CriticException.class,
                () -> critics.train(TINY, photographs, ProgressListener.NONE, new CancellationToken()));
        assertTrue(sentence.contains("not good enough to use, so the good one from before was kept"), sentence);
        assertArrayEquals(good, Files.readAllBytes(file));
        try (FrameCritic found = critics.find(id()).orElseThrow()) {
            assertTrue(found.grade().good());
        }
    }

    @Test
    void aTrainingWhoseNumbersOverflowEndsWithTheirExitCode() throws IOException {
        Denoiser overflowing = (noisy, timestep) -> Kernels.affine(Double.POSITIVE_INFINITY, noisy, 0);
        var critics = new StudioCritics(
                new CriticFile(folder.resolve("critics")),
                new CriticSettings(24, 1, 2, 1),
                model -> MorphFixtures.model(overflowing, 1));
        Path photographs = photographs(24);
        var refused = assertThrows(
                CriticException.class,
                () -> critics.train(TINY, photographs, ProgressListener.NONE, new CancellationToken()));
        var err = new StringWriter();
        assertEquals(ExitCode.DEVICE_FAILED, Failures.report(refused, new PrintWriter(err, true), false));
        assertTrue(err.toString().startsWith("The model's numbers have grown too large"), err::toString);
        assertKeptNothing();
    }

    private void assertKeptNothing() throws IOException {
        try (Stream<Path> kept = Files.list(folder.resolve("critics"))) {
            assertEquals(List.of(), kept.toList());
        }
    }

    @Test
    void whereNoneCanBeKeptNoneIsTrained() throws IOException {
        Path critics = Files.writeString(folder.resolve("critics"), "no folder");
        var unwritable = new StudioCritics(new CriticFile(critics), new CriticSettings(24, 1, 2, 1), model -> {
            throw new AssertionError("It opens a model");
        });
        Path photographs = photographs(24);
        var refused = assertThrows(
                CriticException.class,
                () -> unwritable.train(TINY, photographs, ProgressListener.NONE, new CancellationToken()));
        assertEquals(ModelRefusal.CRITIC_UNWRITABLE.with(critics), refused.trouble());
    }

    @Test
    void aTrainingThatEndsEarlyKeepsNothing() throws Exception {
        StudioCritics critics = critics();
        assertThrows(
                CriticException.class,
                () -> critics.train(TINY, photographs(3), ProgressListener.NONE, new CancellationToken()));
        var token = new CancellationToken();
        assertThrows(
                CancellationException.class,
                () -> critics.train(TINY, photographs(24), progress -> token.cancel(), token));
        assertKeptNothing();
    }
}
