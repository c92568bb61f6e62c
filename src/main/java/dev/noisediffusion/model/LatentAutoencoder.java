package dev.noisediffusion.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The autoencoder beside a network that works on latents, as the diffusers library keeps it: an AutoencoderKL in
 * {@code vae/} or a VQModel in {@code vqvae/}.
 *
 * @param configFile its configuration
 * @param weights its safetensors file
 */
public record LatentAutoencoder(Path configFile, Path weights, AutoencoderConfig config) {
    /** Counts the ways of building, so that cached graphs of an older way are not taken for new ones. */
    static final int VERSION = 1;

    private static final List<String> HOMES = List.of("vqvae", "vae");
    private static final List<String> ENCODER = List.of("encoder.", "quant_conv.");
    private static final List<String> DECODER = List.of("decoder.", "post_quant_conv.", "quantize.");

    /** The two halves, each a graph. */
    public enum Half {
        ENCODER,
        DECODER
    }

    /** The autoencoder in a model folder, if there is one. */
    static Optional<LatentAutoencoder> in(Path folder) throws ModelException {
        for (String name : HOMES) {
            Path home = folder.resolve(name);
            if (Files.exists(home.resolve("config.json"))) {
                return Optional.of(read(home));
            }
        }
        return Optional.empty();
    }

    private static LatentAutoencoder read(Path home) throws ModelException {
        Path configFile = home.resolve("config.json");
        AutoencoderConfig config = AutoencoderConfig.of(ConfigFile.read(configFile));
        return new LatentAutoencoder(configFile, UNet2DFolder.weights(home, "diffusion_pytorch_model"), config);
    }

    /** The space between it and the network. */
    public LatentSpace latents() {
        return config.latents();
    }

    /** What it is, in a form that two equal ones share. */
    public String describe() {
        return (config.codebook().isPresent()
                        ? "codebook of " + config.codebook().get().size() + ", "
                        : "")
                + latents().describe();
    }

    /**
     * Writes the graph of a half and its weights into a folder.
     *
     * @throws ModelException if a weight is missing, left over or of another shape than the configuration implies
     */
    void write(Half half, Path target) throws ModelException, IOException {
        List<String> own = half == Half.ENCODER ? ENCODER : DECODER;
        try (Safetensors file = Safetensors.open(weights)) {
            var graph = new GraphBuilder("autoencoder", new WeightBook(file, WeightNames.same(own)));
            var autoencoder = new AutoencoderGraph(config, graph);
            switch (half) {
                case ENCODER -> autoencoder.buildEncoder();
                case DECODER -> autoencoder.buildDecoder();
            }
            graph.write(target);
        }
    }
}
