package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.diffusion.Phrase;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network that listens to a text encoder. Owns both. */
final class GuidedNetwork implements Network {
    private static final String SAMPLE = "sample";
    private static final String TIMESTEP = "timestep";
    private static final String WORDS = "encoder_hidden_states";

    private final GraphRunner unet;
    private final TextEncoder text;
    private final Shape latent;
    private final Shape timestepShape;
    private final String output;

    /**
     * A network for one size of picture.
     *
     * @param latent the shape of one picture's latents
     * @throws ModelException if the graph takes other inputs than such a network has
     */
    GuidedNetwork(OrtGraph unet, TextEncoder text, Shape latent) throws ModelException {
        this.unet = unet;
        this.text = text;
        this.latent = latent;
        this.timestepShape = unet.rank(TIMESTEP) == 0 ? Shape.of() : Shape.of(1);
        this.output = unet.firstOutput("out_sample", "noise_pred");
        Tensor words = text.embeddings("");
        // Under guidance a call takes two of everything, whatever the graph was traced with.
        for (int batch = 1; batch <= 2; batch++) {
            unet.requireInputs(Map.of(
                    SAMPLE, latent.withBatch(batch),
                    TIMESTEP, timestepShape,
                    WORDS, words.shape().withBatch(batch)));
        }
    }

    private GuidedNetwork(GuidedNetwork here, GraphRunner runner) {
        this.unet = runner;
        this.text = here.text;
        this.latent = here.latent;
        this.timestepShape = here.timestepShape;
        this.output = here.output;
    }

    @Override
    public Optional<Network> runBy(GraphRunner runner) {
        unet.close();
        return Optional.of(new GuidedNetwork(this, runner));
    }

    @Override
    public boolean readsPrompts() {
        return true;
    }

    TextEncoder text() {
        return text;
    }

    @Override
    public String unread(String prompt) {
        return text.tokens(prompt).unread();
    }

    @Override
    public Denoiser denoiser(Guidance guidance) {
        Tensor words = words(guidance.prompt());
        if (guidance.scale() == 1) {
            return (noisy, timestep) -> predict(noisy, timestep, repeated(words, noisy));
        }
        Tensor negative = text.embeddings(guidance.negative());
        return (noisy, timestep) -> guided(noisy, timestep, words, negative, guidance.scale());
    }

    private Tensor words(Phrase phrase) {
        Tensor first = text.embeddings(phrase.first());
        return phrase.turn() == 0 ? first : Kernels.slerp(first, text.embeddings(phrase.second()), phrase.turn());
    }

    /** One call for both predictions. */
    private Tensor guided(Tensor noisy, int timestep, Tensor words, Tensor negative, double scale) {
        Tensor both = predict(
                Tensor.concat(List.of(noisy, noisy)),
                timestep,
                Tensor.concat(List.of(repeated(words, noisy), repeated(negative, noisy))));
        int batch = noisy.shape().batch();
        return Kernels.linear(scale, both.slice(0, batch), 1 - scale, both.slice(batch, 2 * batch));
    }

    private Tensor predict(Tensor noisy, int timestep, Tensor words) {
        Denoiser.requireShape(noisy, latent);
        Tensor time = Tensor.wrap(timestepShape, new float[] {timestep});
        return unet.run(Map.of(SAMPLE, noisy, TIMESTEP, time, WORDS, words), output);
    }

    private static Tensor repeated(Tensor words, Tensor noisy) {
        return Tensor.concat(Collections.nCopies(noisy.shape().batch(), words));
    }

    @Override
    public void close() {
        try (text) {
            unet.close();
        }
    }
}
