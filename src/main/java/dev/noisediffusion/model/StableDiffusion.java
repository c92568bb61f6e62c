package dev.noisediffusion.model;

import dev.noisediffusion.model.StudioManifest.ImageSize;
import java.nio.file.Path;
import java.util.List;

/**
 * A Stable Diffusion model (Rombach et al. 2022), whatever the form of its files: a text encoder, a network that
 * listens to it, and an autoencoder.
 */
public sealed interface StableDiffusion extends ModelLayout permits StableDiffusionOnnx, StableDiffusionWeights {
    /** The graphs such a model is made of, by the folders of the ONNX layout. */
    enum Part {
        TEXT_ENCODER("text_encoder"),
        UNET("unet"),
        VAE_ENCODER("vae_encoder"),
        VAE_DECODER("vae_decoder");

        private final String folder;

        Part(String folder) {
            this.folder = folder;
        }

        String folder() {
            return folder;
        }
    }

    /**
     * Where a prompt's tokens come from.
     *
     * @param folder with the tables of CLIP's tokenizer
     * @param padding the token that fills a prompt up, by name
     */
    record Tokenizer(Path folder, String padding) {
        /** Reads the tables. */
        public ClipTokenizer read() throws ModelException {
            return ClipTokenizer.read(folder, padding);
        }
    }

    Tokenizer tokenizer();

    LatentSpace latents();

    /** Width and height of the model's pictures, in pixels. */
    ImageSize imageSize();

    /** All files that decide what a picture becomes. */
    List<Path> files() throws ModelException;

    /** What kind of model it is, for people. */
    String describe();
}
