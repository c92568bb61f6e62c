package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.DdimSampler;
import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.Guidance;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.diffusion.Timetable;
import dev.noisediffusion.model.ExpectedCases;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;
import java.util.Set;

/**
 * Compares a Stable Diffusion with values computed elsewhere: {@code input_ids_0...} and {@code input_ids_long}, with
 * {@code _2} behind for a second tokenizer, {@code prompt_embeds}, {@code negative_prompt_embeds} and, of SDXL, both with
 * {@code pooled_} before, {@code timesteps} and {@code inverse_timesteps}; of two
 * pictures {@code image_a} and {@code image_b} their {@code latent_} and, inverted to the depth, {@code encoded_}
 * forms; and the frames that {@code noise_diffusion_start} and {@code slerp_start} decode to under guidance, as
 * {@code _latent} and {@code _image}.
 */
final class GuidedGoldenValues {
    private static final double CALL_TOLERANCE = 1e-4;
    private static final double RUN_TOLERANCE = 1e-3;
    private static final Set<String> INPUTS =
            Set.of("image_a", "image_b", "noise", "noise_diffusion_start", "slerp_start");

    private final Safetensors expected;
    private final ExpectedCases cases;
    private final GuidedNetwork network;
    private final Autoencoder codec;
    private final DdimSampler sampler;
    private final Timetable full;
    private final Timetable toDepth;
    private final Comparisons comparisons;

    GuidedGoldenValues(
            Safetensors expected,
            ExpectedCases cases,
            StableDiffusionOpener.Parts parts,
            DiffusionSettings settings,
            Precision precision) {
        this.expected = expected;
        this.cases = cases;
        this.network = parts.network();
        this.codec = parts.codec();
        this.sampler = new DdimSampler(settings);
        this.full = Timetable.full(settings, cases.steps());
        double depth = full.encoding().get(cases.encodeSteps() - 1).alphaBarTo();
        this.toDepth = Timetable.toDepth(settings, cases.steps(), Math.sqrt(depth));
        this.comparisons = new Comparisons(expected, precision);
    }

    /**
     * Compares everything in the file.
     *
     * @throws ModelException if the file lacks what a comparison starts from, or holds nothing that can be compared
     */
    List<ModelReport.Comparison> compare() throws ModelException {
        compareWords();
        compareTimesteps("timesteps", full.decoding());
        compareTimesteps("inverse_timesteps", full.encoding());
        comparePicture("a");
        comparePicture("b");
        compareFrame("noise_diffusion");
        compareFrame("slerp");
        return comparisons.done("input_ids_0");
    }

    /** Names in the file that no comparison looks at. */
    List<String> unknown() {
        return comparisons.unknown(INPUTS);
    }

    private void compareWords() throws ModelException {
        for (int i = 0; i < cases.prompts().size(); i++) {
            compareIds("input_ids_" + i, cases.prompts().get(i));
        }
        compareIds("input_ids_long", cases.longPrompt());
        compareEmbeddings("prompt_embeds", network.text().words(cases.prompts().getFirst()));
        compareEmbeddings("negative_prompt_embeds", network.text().negative(cases.negativePrompt()));
    }

    private void compareIds(String name, String prompt) throws ModelException {
        if (comparisons.has(name)) {
            List<Integer> ids = network.text().tokens(prompt).ids();
            comparisons.exact(name, ids.stream().mapToLong(Integer::longValue).toArray());
        }
        if (comparisons.has(name + "_2")) {
            List<Integer> ids = network.text().lastTokens(prompt).ids();
            comparisons.exact(
                    name + "_2", ids.stream().mapToLong(Integer::longValue).toArray());
        }
    }

    private void compareEmbeddings(String name, Words words) throws ModelException {
        if (comparisons.has(name)) {
            comparisons.absolute(name, words.tokens(), CALL_TOLERANCE);
        }
        String pooled = "pooled_" + name;
        if (comparisons.has(pooled) && words.whole().isPresent()) {
            comparisons.absolute(pooled, words.whole().get(), CALL_TOLERANCE);
        }
    }

    private void compareTimesteps(String name, List<Timetable.Step> steps) throws ModelException {
        if (comparisons.has(name)) {
            comparisons.exact(
                    name, steps.stream().mapToLong(Timetable.Step::timestep).toArray());
        }
    }

    private void comparePicture(String which) throws ModelException {
        String latent = "latent_" + which;
        String encoded = "encoded_" + which;
        if (comparisons.has(latent)) {
            comparisons.absolute(latent, codec.encode(expected.tensor("image_" + which)), CALL_TOLERANCE);
        }
        if (comparisons.has(encoded)) {
            Denoiser unguided = network.denoiser(new Guidance(cases.prompts().getFirst(), "", 1));
            comparisons.relative(
                    encoded,
                    sampler.encode(unguided, expected.tensor(latent), toDepth, StepListener.NONE),
                    RUN_TOLERANCE);
        }
    }

    private void compareFrame(String method) throws ModelException {
        String latent = method + "_latent";
        String image = method + "_image";
        if (comparisons.has(latent)) {
            Denoiser guided = network.denoiser(
                    new Guidance(cases.prompts().getFirst(), cases.negativePrompt(), cases.guidance()));
            Tensor start = expected.tensor(method + "_start");
            Tensor decoded = sampler.decode(guided, start, toDepth, StepListener.NONE);
            comparisons.relative(latent, decoded, RUN_TOLERANCE);
            if (comparisons.has(image)) {
                comparisons.absolute(image, codec.decode(decoded), RUN_TOLERANCE);
            }
        }
    }
}
