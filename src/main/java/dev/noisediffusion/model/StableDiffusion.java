package dev.noisediffusion.model;

import dev.noisediffusion.model.StudioManifest.ImageSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Stable Diffusion model (Rombach et al. 2022, Podell et al. 2023), whatever the form of its files: one text encoder or
 * two, a network that listens to them, and an autoencoder.
 */
public sealed interface StableDiffusion extends ModelLayout permits StableDiffusionOnnx, StableDiffusionWeights {
    /** The graphs such a model is made of, by the folders of the ONNX layout. */
    enum Part {
        TEXT_ENCODER("text_encoder"),
        /** The second one, which SDXL has. */
        TEXT_ENCODER_2("text_encoder_2"),
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
     * @param learntBelow words that the folder has beside its tables count where their ids are below this, the number of tokens
     *     that the text encoder knows; 0 where none count: words that another model has learnt are not borrowed with its tables
     */
    record Tokenizer(Path folder, String padding, int learntBelow) {
        /**
         * That of a folder which may lie in the model or be borrowed.
         *
         * @param vocabulary number of tokens that the text encoder knows
         */
        static Tokenizer of(Path model, Path folder, String padding, int vocabulary) {
            return new Tokenizer(folder, padding, folder.startsWith(model) ? vocabulary : 0);
        }

        /** Reads the tables. */
        public ClipTokenizer read() throws ModelException {
            return ClipTokenizer.read(folder, padding, learntBelow);
        }

        /** The files that are read. */
        List<Path> files() throws ModelException {
            return learntBelow > 0 ? ClipTokenizer.filesIn(folder, learntBelow) : ClipTokenizer.tablesIn(folder);
        }
    }

    /**
     * A text encoder and what the network hears of it.
     *
     * @param part which one
     * @param tokens the output with a state for each token
     * @param whole the output with the whole prompt, where the network hears that as well
     */
    record Listener(Part part, Tokenizer tokenizer, String tokens, Optional<String> whole) {
        /** The only one of Stable Diffusion 1 and 2. */
        static Listener only(Tokenizer tokenizer) {
            return new Listener(Part.TEXT_ENCODER, tokenizer, ClipTextGraph.LAST, Optional.empty());
        }

        /** Those of SDXL, whose states are taken before the last layer. */
        static List<Listener> both(
                Tokenizer first, ClipTextConfig firstText, Tokenizer second, ClipTextConfig secondText) {
            return List.of(
                    new Listener(Part.TEXT_ENCODER, first, firstText.penultimate(), Optional.empty()),
                    new Listener(
                            Part.TEXT_ENCODER_2, second, secondText.penultimate(), Optional.of(ClipTextGraph.WHOLE)));
        }
    }

    /** The text encoders in the order in which the network hears them. */
    List<Listener> listeners();

    /** Whether an empty negative prompt is silence, all zeros, rather than the embedding of nothing. */
    boolean silentNegative();

    /** The parts that this model has. */
    default List<Part> parts() {
        return List.of(Part.values()).stream()
                .filter(part -> part != Part.TEXT_ENCODER_2 || listeners().size() > 1)
                .toList();
    }

    LatentSpace latents();

    /** Width and height of the model's pictures, in pixels. */
    ImageSize imageSize();

    /** All files that decide what a picture becomes. */
    List<Path> files() throws ModelException;

    /** What kind of model it is, for people. */
    String describe();
}
