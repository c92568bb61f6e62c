package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.ModelLayout;
import dev.noisediffusion.model.Refusals;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.model.UNet2DFolder;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks without words that work on the latents of an autoencoder, against a reference in PyTorch. */
class LatentModelTest {
    @TempDir
    Path temporary;

    private final NativeLedger ledger = new NativeLedger();

    private OrtEngine engine() {
        return new OrtEngine(new GraphCache(temporary.resolve("cache")), ledger, ExecutionProvider.CPU);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ldm-vq", "ldm-kl"})
    void networkSamplingAndAutoencoderAgreeWithTheReference(String fixture) throws ModelException {
        ModelReport report = ModelCheck.run(Fixtures.folder(fixture), Optional.empty(), engine());
        Agreement.require(report);
        assertEquals(9, report.comparisons().size());
        assertEquals(List.of(), report.notCompared());
        assertEquals(0, ledger.open());
    }

    @Test
    void picturesAreAsLargeAsTheAutoencoderMakesThem() throws ModelException {
        var layout = (UNet2DFolder) ModelLayout.read(Fixtures.folder("ldm-vq"));
        assertEquals(new ImageSize(32, 32), layout.imageSize());
        assertEquals("codebook of 64, autoencoder, 4 channels, factor 4, scaling 1.0", layout.describeCodec());
        try (DiffusionModel model = engine().open(layout)) {
            assertEquals(Shape.of(1, 4, 8, 8), model.latentShape());
            Tensor pixels =
                    model.codec().decode(Kernels.gaussian(model.latentShape().withBatch(2), 1));
            assertEquals(Shape.of(2, 3, 32, 32), pixels.shape());
        }
        assertEquals(0, ledger.open());
    }

    /** The latents of a picture are those before the codebook; decoding takes the nearest codes. */
    @Test
    void latentsAreNotQuantisedUntilTheyAreDecoded() throws ModelException {
        try (DiffusionModel model = engine().open(Fixtures.folder("ldm-vq"))) {
            Tensor latents = model.codec().encode(Kernels.gaussian(Shape.of(1, 3, 32, 32), 1));
            Tensor nudged = Kernels.affine(1, latents, 1e-5);
            assertNotEquals(latents, nudged);
            assertEquals(model.codec().decode(latents), model.codec().decode(nudged));
        }
    }

    @Test
    void theIdFollowsTheAutoencoderAndTheScalingIsWhatTheFileSays() throws IOException, ModelException {
        Path folder = Fixtures.copy("ldm-kl", Files.createDirectory(temporary.resolve("model")));
        String before = engine().fingerprint(ModelLayout.read(folder)).model();
        Fixtures.edit(folder.resolve("vae/config.json"), "\"scaling_factor\": 0.5", "\"scaling_factor\": 0.25");
        var layout = (UNet2DFolder) ModelLayout.read(folder);
        assertEquals("autoencoder, 4 channels, factor 4, scaling 0.25", layout.describeCodec());
        assertNotEquals(before, engine().fingerprint(layout).model());
    }

    @Test
    void aCodebookSavedAgainByTheLibraryIsStillWithoutScaling() throws IOException, ModelException {
        Path folder = Fixtures.copy("ldm-vq", Files.createDirectory(temporary.resolve("model")));
        Path config = folder.resolve("vqvae/config.json");
        Fixtures.edit(config, "\"vq_embed_dim\"", "\"scaling_factor\": 0.18215, \"vq_embed_dim\"");
        assertEquals(1, scalingIn(folder));
        Fixtures.edit(config, "0.18215", "0.5");
        assertEquals(0.5, scalingIn(folder));
    }

    private static double scalingIn(Path folder) throws ModelException {
        var layout = (UNet2DFolder) ModelLayout.read(folder);
        return layout.autoencoder().orElseThrow().latents().scaling();
    }

    @Test
    void whatDoesNotFitIsRefusedInASentenceAndNothingStaysOpen() throws IOException {
        Path folder = Fixtures.copy("ldm-vq", Files.createDirectory(temporary.resolve("model")));
        Path config = folder.resolve("vqvae/config.json");
        Fixtures.edit(config, "\"vq_embed_dim\": 4", "\"vq_embed_dim\": 5");
        refuses(folder, "expected in_channels and out_channels of 5 for the codec codebook of 64, autoencoder");
        Fixtures.edit(config, "\"vq_embed_dim\": 5", "\"vq_embed_dim\": 4");
        Fixtures.edit(config, "\"num_vq_embeddings\": 64", "\"num_vq_embeddings\": 65");
        refuses(folder, "expected tensor \"quantize.embedding.weight\" of shape [65x4]");
        Fixtures.edit(config, "\"VQModel\"", "\"AutoencoderTiny\"");
        refuses(folder, "\"_class_name\" to be AutoencoderKL or VQModel, found AutoencoderTiny");
        Files.move(
                folder.resolve("vqvae/diffusion_pytorch_model.safetensors"),
                folder.resolve("vqvae/diffusion_pytorch_model.bin"));
        Fixtures.edit(config, "\"AutoencoderTiny\"", "\"VQModel\"");
        refuses(folder, "found only diffusion_pytorch_model.bin, a pickle that can run code");
    }

    private void refuses(Path folder, String sentence) {
        String message = Refusals.sentence(ModelException.class, () -> engine().open(folder));
        assertTrue(message.contains(sentence), message);
        assertEquals(0, ledger.open());
    }
}
