package dev.noisediffusion.model;

import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the network of a single file predicts, which the weights do not say. In this order: the {@code .yaml} of the same name
 * beside it, as the original software wants it, with {@code parameterization: "v"} or without; an empty tensor {@code v_pred},
 * as some files have; and for Stable Diffusion 2, whose two kinds have the same shapes, the spread of one vector of biases,
 * which is a rule of thumb.
 */
final class OriginalPrediction {
    private static final Pattern VELOCITY = Pattern.compile("^\\s*parameterization:\\s*[\"']?v[\"']?\\s*(#.*)?$");
    private static final String MARK = "v_pred";
    private static final String NO_SIGNAL = "ztsnr";
    /** What CosXL and Playground 2.5 carry, which have SDXL's shapes and learnt from noise of another schedule. */
    private static final List<String> OTHER_NOISE = List.of("edm_vpred.sigma_max", "edm_mean", "edm_std");

    private static final String TELLING = OriginalNames.UNET + "output_blocks.11.1.transformer_blocks.0.norm1.bias";

    /** ComfyUI's threshold between the published models of both kinds. */
    private static final double SPREAD_OF_VELOCITY = 0.09;

    private OriginalPrediction() {}

    static PredictionType of(Path file, StableDiffusionFamily family, Safetensors weights) throws ModelException {
        if (weights.entries().containsKey(NO_SIGNAL)) {
            throw ModelException.in(file, "a model trained with some signal at every step", "the mark " + NO_SIGNAL);
        }
        for (String mark : OTHER_NOISE) {
            if (weights.entries().containsKey(mark)) {
                throw ModelException.in(
                        file,
                        "a model trained with Stable Diffusion's schedule of noise",
                        "the mark " + mark + " of training with another (EDM)");
            }
        }
        Optional<Boolean> said = saidBeside(file);
        boolean velocity;
        if (said.isPresent()) {
            velocity = said.get();
        } else {
            velocity = weights.entries().containsKey(MARK)
                    || (family == StableDiffusionFamily.TWO && spread(weights) > SPREAD_OF_VELOCITY);
        }
        return velocity ? PredictionType.V_PREDICTION : PredictionType.EPSILON;
    }

    private static Optional<Boolean> saidBeside(Path file) throws ModelException {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.safetensors$", ".yaml");
        Path yaml = file.resolveSibling(name);
        if (!Files.isRegularFile(yaml)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(yaml)
                    .lines()
                    .anyMatch(line -> VELOCITY.matcher(line).matches()));
        } catch (IOException e) {
            throw ModelException.failed(yaml, "read", e);
        }
    }

    private static double spread(Safetensors weights) throws ModelException {
        if (!weights.entries().containsKey(TELLING)) {
            return 0;
        }
        Tensor biases = weights.tensor(TELLING);
        double mean = 0;
        for (int i = 0; i < biases.size(); i++) {
            mean += biases.get(i) / biases.size();
        }
        double variance = 0;
        for (int i = 0; i < biases.size(); i++) {
            variance += (biases.get(i) - mean) * (biases.get(i) - mean) / biases.size();
        }
        return Math.sqrt(variance);
    }
}
