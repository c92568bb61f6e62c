package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.GraphRunner;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.Network;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A network that listens to text encoders. Owns all. */
final class GuidedNetwork implements Network {
    private static final String SAMPLE = "sample";
    private static final String TIMESTEP = "timestep";
    private static final String WORDS = "encoder_hidden_states";
    private static final String WHOLE_PROMPT = "text_embeds";
    private static final String SIZES = "time_ids";

    private final GraphRunner unet;
    private final PromptEncoder text;
    private final Shape latent;
    private final ImageSize size;
    private final Shape timestepShape;
    private final String output;

    /**
     * A network for one size of picture.
     *
     * @param latent the shape of one picture's latents
     * @param size of the pictures
     * @throws ModelException if the graph takes other inputs than such a network has
     */
    GuidedNetwork(OrtGraph unet, PromptEncoder text, Shape latent, ImageSize size) throws ModelException {
        this.unet = unet;
        this.text = text;
        this.latent = latent;
        this.size = size;
        this.timestepShape = unet.rank(TIMESTEP) == 0 ? Shape.of() : Shape.of(1);
        this.output = unet.firstOutput("out_sample", "noise_pred");
        Words words = text.words("");
        // Under guidance a call takes two of everything, whatever the graph was traced with, unless it says that it
        // takes one.
        for (int batch = 1; batch <= (unet.takesBatches() ? 2 : 1); batch++) {
            var wanted = new HashMap<String, Shape>();
            inputs(Tensor.zeros(latent.withBatch(batch)), 0, words.forBatch(batch, List.of()))
                    .forEach((name, value) -> wanted.put(name, value.shape()));
            unet.requireInputs(wanted);
        }
    }

    private GuidedNetwork(GuidedNetwork here, GraphRunner runner) {
        this.unet = runner;
        this.text = here.text;
        this.latent = here.latent;
        this.size = here.size;
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

    PromptEncoder text() {
        return text;
    }

    @Override
    public String unread(String prompt) {
        return text.tokens(prompt).unread();
    }

    @Override
    public Denoiser denoiser(Guidance guidance) {
        Words words = text.words(guidance.prompt());
        if (guidance.scale() == 1) {
            return (noisy, timestep) -> predict(noisy, timestep, List.of(words));
        }
        Words negative = text.negative(guidance.negative());
        return (noisy, timestep) -> guided(noisy, timestep, words, negative, guidance.scale());
    }

    private Tensor guided(Tensor noisy, int timestep, Words words, Words negative, double scale) {
        int batch = noisy.shape().batch();
        Tensor both = predict(noisy, timestep, List.of(words, negative));
        return Kernels.linear(scale, both.slice(0, batch), 1 - scale, both.slice(batch, 2 * batch));
    }

    /** Predictions with the first words for all pictures, then with the next: in one call where the graph takes batches. */
    private Tensor predict(Tensor noisy, int timestep, List<Words> all) {
        Denoiser.requireShape(noisy, latent);
        int batch = noisy.shape().batch();
        if (unet.takesBatches()) {
            Tensor pictures = all.size() == 1 ? noisy : Tensor.concat(Collections.nCopies(all.size(), noisy));
            return run(pictures, timestep, all.getFirst().forBatch(batch, all.subList(1, all.size())));
        }
        var predicted = new ArrayList<Tensor>();
        for (Words words : all) {
            for (int i = 0; i < batch; i++) {
                predicted.add(run(noisy.slice(i), timestep, words.forBatch(1, List.of())));
            }
        }
        return Tensor.concat(predicted);
    }

    private Tensor run(Tensor noisy, int timestep, Words words) {
        return unet.run(inputs(noisy, timestep, words), output);
    }

    /** Whether a call may take several pictures. */
    boolean takesBatches() {
        return unet.takesBatches();
    }

    private Map<String, Tensor> inputs(Tensor noisy, int timestep, Words words) {
        var inputs = new LinkedHashMap<String, Tensor>();
        inputs.put(SAMPLE, noisy);
        inputs.put(TIMESTEP, Tensor.wrap(timestepShape, new float[] {timestep}));
        inputs.put(WORDS, words.tokens());
        words.whole().ifPresent(prompt -> {
            inputs.put(WHOLE_PROMPT, prompt);
            inputs.put(SIZES, Tensor.concat(Collections.nCopies(noisy.shape().batch(), sizes())));
        });
        return inputs;
    }

    /** Height and width before cropping, the corner, and height and width after it: the picture is whole. */
    private Tensor sizes() {
        return Tensor.wrap(
                Shape.of(1, 6), new float[] {size.height(), size.width(), 0, 0, size.height(), size.width()});
    }

    @Override
    public void close() {
        try (text) {
            unet.close();
        }
    }
}
