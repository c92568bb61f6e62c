package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A Stable Diffusion model as weights, from which the graphs are built: a diffusers folder, or one file in the layout
 * in which the model was first published.
 *
 * @param folder the folder, or the file
 * @param configs what the shapes of its parts were read from
 * @param sources where the weights of each part lie
 * @param tokenizers one for each text encoder
 * @param describe what kind it is, for people
 */
public record StableDiffusionWeights(
        Path folder,
        Configs configs,
        Map<Part, Source> sources,
        ImageSize imageSize,
        List<Tokenizer> tokenizers,
        boolean silentNegative,
        SchedulerConfig scheduler,
        StudioManifest manifest,
        String describe)
        implements StableDiffusion {
    /** Counts the ways of building, so that cached graphs of an older way are not taken for new ones. */
    static final int VERSION = 3;

    /**
     * The shapes of the parts.
     *
     * @param files that they and the scheduler were read from
     */
    record Configs(
            ConditionedUNetConfig unet, AutoencoderConfig autoencoder, List<ClipTextConfig> texts, List<Path> files) {
        Configs {
            texts = List.copyOf(texts);
            files = List.copyOf(files);
        }

        /** Refuses a network that takes other latents than the autoencoder's, or listens to other widths than the text encoders have. */
        void requireFitting(Path file) throws ModelException {
            int latents = autoencoder.latents().channels();
            requireChannels(file, unet.unet().inChannels(), latents);
            if (unet.unet().outChannels() != latents) {
                throw ModelException.in(
                        file,
                        "a network that gives the " + latents + " channels of the autoencoder's latents",
                        unet.unet().outChannels() + " channels");
            }
            int width = texts.stream().mapToInt(ClipTextConfig::width).sum();
            if (unet.wordWidth() != width) {
                throw ModelException.in(
                        file,
                        "\"cross_attention_dim\" to be that of the text encoders, " + width,
                        String.valueOf(unet.wordWidth()));
            }
            if (unet.added().isPresent() != texts.size() > 1) {
                throw ModelException.in(
                        file,
                        "two text encoders where \"addition_embed_type\" is \"text_time\", and one elsewhere",
                        String.valueOf(texts.size()));
            }
        }
    }

    /**
     * Refuses a network that takes other channels than latents have.
     *
     * @param file that says how many it takes
     */
    static void requireChannels(Path file, int channels, int latents) throws ModelException {
        if (channels != latents) {
            ModelException failure = ModelException.in(
                    file,
                    "a network that takes the " + latents + " channels of the autoencoder's latents",
                    channels + " channels; an inpainting or editing model needs more than a picture");
            throw channels > latents ? failure.as(ModelRefusal.MORE_THAN_A_PICTURE.with(file)) : failure;
        }
    }

    /** A file with weights, and how they are called in it. */
    record Source(Path file, WeightNames names) {}

    public StableDiffusionWeights {
        sources = Map.copyOf(sources);
        tokenizers = List.copyOf(tokenizers);
    }

    @Override
    public List<Listener> listeners() {
        return tokenizers.size() == 1
                ? List.of(Listener.only(tokenizers.getFirst()))
                : Listener.both(
                        tokenizers.getFirst(),
                        configs.texts().getFirst(),
                        tokenizers.getLast(),
                        configs.texts().getLast());
    }

    @Override
    public LatentSpace latents() {
        return configs.autoencoder().latents();
    }

    @Override
    public List<Path> files() throws ModelException {
        var files = new LinkedHashSet<>(configs.files());
        for (Part part : parts()) {
            files.add(source(part).file());
        }
        for (Tokenizer tokenizer : tokenizers) {
            files.addAll(tokenizer.files());
        }
        return List.copyOf(files);
    }

    /** Where the weights of a part that the model has lie. */
    Source source(Part part) {
        Source source = sources.get(part);
        if (source == null) {
            throw new IllegalStateException("A model without " + part);
        }
        return source;
    }

    /**
     * Writes the graph of a part and its weights into a folder.
     *
     * @param precision of the U-Net; the others, a small part of the work, compute in full
     * @throws ModelException if a weight is missing, left over or of another shape than the configuration implies
     */
    void write(Part part, Precision precision, Path target) throws ModelException, IOException {
        Source source = source(part);
        try (Safetensors weights = Safetensors.open(source.file())) {
            var graph = new GraphBuilder(part.folder(), new WeightBook(weights, source.names()), precision);
            switch (part) {
                case TEXT_ENCODER -> new ClipTextGraph(configs.texts().getFirst(), graph).build();
                case TEXT_ENCODER_2 -> new ClipTextGraph(configs.texts().getLast(), graph).build();
                case UNET -> UNet2DGraph.conditioned(configs.unet(), graph).build();
                case VAE_ENCODER -> new AutoencoderGraph(configs.autoencoder(), graph).buildEncoder();
                case VAE_DECODER -> new AutoencoderGraph(configs.autoencoder(), graph).buildDecoder();
            }
            graph.write(target);
        }
    }
}
