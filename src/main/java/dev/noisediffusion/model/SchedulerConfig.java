package dev.noisediffusion.model;

import dev.noisediffusion.diffusion.BetaSchedule;
import dev.noisediffusion.diffusion.DiffusionSettings;
import dev.noisediffusion.diffusion.NoiseSchedule;
import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.diffusion.TimestepSpacing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a {@code scheduler_config.json} of the diffusers library says about how the network was trained, which is all
 * that the studio takes from it: it samples with DDIM, whichever scheduler the file names.
 *
 * @param className the scheduler of the file, for people
 * @param trainTimesteps number of training timesteps
 * @param betaSchedule how the betas grow; does not count where there are trained betas
 * @param trainedBetas a schedule given value by value; mostly empty
 * @param prediction what the network predicts
 * @param spacing which timesteps a run visits
 * @param stepsOffset added to the timesteps of leading spacing
 * @param alphaToOne whether abar of the clean end is 1 rather than abar of timestep 0
 * @param cleanClip predicted clean pictures are clipped to this magnitude, infinite for off
 * @param sigmas of a network that was trained on a range of noise levels; betas do not count then, and the prediction is what
 *     comes of its preconditioning
 * @param readAnew whether the file asks for something that older studios read otherwise, so that the model has another id than
 *     with them
 */
public record SchedulerConfig(
        String className,
        int trainTimesteps,
        BetaSchedule betaSchedule,
        double betaStart,
        double betaEnd,
        List<Double> trainedBetas,
        PredictionType prediction,
        TimestepSpacing spacing,
        int stepsOffset,
        boolean alphaToOne,
        double cleanClip,
        Optional<SigmaRange> sigmas,
        boolean readAnew) {
    /** All of the discrete, variance-preserving kind: x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps. */
    private static final Set<String> LEADING_BY_DEFAULT = Set.of(
            "DDPMScheduler",
            "DDPMParallelScheduler",
            "DDIMScheduler",
            "DDIMParallelScheduler",
            "DDIMInverseScheduler",
            "PNDMScheduler",
            "LCMScheduler",
            "TCDScheduler");

    private static final Set<String> LINSPACE_BY_DEFAULT = Set.of(
            "DPMSolverMultistepScheduler",
            "DPMSolverSinglestepScheduler",
            "DPMSolverSDEScheduler",
            "DEISMultistepScheduler",
            "UniPCMultistepScheduler",
            "EulerDiscreteScheduler",
            "EulerAncestralDiscreteScheduler",
            "HeunDiscreteScheduler",
            "KDPM2DiscreteScheduler",
            "KDPM2AncestralDiscreteScheduler",
            "LMSDiscreteScheduler");

    /** Begin with the betas of Stable Diffusion, the others with those of DDPM. */
    private static final Set<String> LATENT_BY_DEFAULT = Set.of(
            "HeunDiscreteScheduler",
            "KDPM2DiscreteScheduler",
            "KDPM2AncestralDiscreteScheduler",
            "DPMSolverSDEScheduler",
            "LCMScheduler",
            "TCDScheduler");

    /** Of those the ones whose betas also grow as Stable Diffusion's do. */
    private static final Set<String> SCALED_BY_DEFAULT = Set.of("LCMScheduler", "TCDScheduler");

    private static final Set<String> CLIPPING_BY_DEFAULT = Set.of(
            "DDPMScheduler", "DDPMParallelScheduler", "DDIMScheduler", "DDIMParallelScheduler", "DDIMInverseScheduler");

    /** The widest schedule that is believed: the field uses 1,000 and, for some, 4,000. */
    private static final int MAX_TIMESTEPS = 100_000;

    public SchedulerConfig {
        trainedBetas = List.copyOf(trainedBetas);
    }

    /**
     * Reads a file.
     *
     * @throws ModelException if it is missing, unsound, or asks for something that the studio cannot do
     */
    public static SchedulerConfig read(Path file) throws ModelException {
        return of(ConfigFile.read(file));
    }

    /**
     * Reads the file of a network that reads prompts, which must have been trained on numbered steps. It works on latents, which
     * have no range to clip to, whatever the file says.
     */
    static SchedulerConfig readNumbered(Path file) throws ModelException {
        SchedulerConfig read = read(file);
        if (read.sigmas.isPresent()) {
            throw ModelException.in(
                    file, "a scheduler with numbered steps for a network that reads prompts", read.className);
        }
        boolean clips = read.cleanClip < Double.POSITIVE_INFINITY;
        return read.with(read.prediction, Double.POSITIVE_INFINITY, read.readAnew || clips);
    }

    static SchedulerConfig of(ConfigFile config) throws ModelException {
        String className = config.text("_class_name", "nothing");
        if (SigmaRange.isIn(config)) {
            return ofSigmas(config, className);
        }
        if (!LEADING_BY_DEFAULT.contains(className) && !LINSPACE_BY_DEFAULT.contains(className)) {
            throw config.refuse(
                    "_class_name", "a discrete variance-preserving scheduler such as DDIMScheduler", className);
        }
        config.requireOff("thresholding");
        config.requireOff("rescale_betas_zero_snr");
        List<Double> trained = config.has("trained_betas") ? config.numbers("trained_betas") : List.of();
        var read = new SchedulerConfig(
                className,
                trained.isEmpty() ? config.positive("num_train_timesteps", 1000) : trained.size(),
                oneOf(
                        config,
                        "beta_schedule",
                        BetaSchedule.values(),
                        SCALED_BY_DEFAULT.contains(className) ? BetaSchedule.SCALED_LINEAR : BetaSchedule.LINEAR),
                config.number("beta_start", LATENT_BY_DEFAULT.contains(className) ? 0.00085 : 0.0001),
                config.number("beta_end", LATENT_BY_DEFAULT.contains(className) ? 0.012 : 0.02),
                trained,
                oneOf(config, "prediction_type", PredictionType.values(), usualPrediction(config)),
                oneOf(
                        config,
                        "timestep_spacing",
                        TimestepSpacing.values(),
                        LEADING_BY_DEFAULT.contains(className) ? TimestepSpacing.LEADING : TimestepSpacing.LINSPACE),
                config.integer("steps_offset", 0),
                config.flag("set_alpha_to_one", !className.equals("PNDMScheduler")),
                cleanClip(config, className),
                Optional.empty(),
                !config.has("prediction_type") && usualPrediction(config) != PredictionType.EPSILON);
        read.requireSound(config);
        return read;
    }

    private static SchedulerConfig ofSigmas(ConfigFile config, String className) throws ModelException {
        boolean clips = className.equals(SigmaRange.CONSISTENCY) && config.flag("clip_denoised", true);
        return new SchedulerConfig(
                className,
                SigmaRange.LEVELS,
                BetaSchedule.LINEAR,
                0,
                0,
                List.of(),
                PredictionType.EPSILON,
                TimestepSpacing.LINSPACE,
                0,
                true,
                clips ? 1 : Double.POSITIVE_INFINITY,
                Optional.of(SigmaRange.of(config)),
                false);
    }

    /** Files that are older than {@code prediction_type} say so where it is not epsilon. */
    private static PredictionType usualPrediction(ConfigFile config) throws ModelException {
        return config.flag("predict_epsilon", true) ? PredictionType.EPSILON : PredictionType.SAMPLE;
    }

    private static double cleanClip(ConfigFile config, String className) throws ModelException {
        if (!config.flag("clip_sample", CLIPPING_BY_DEFAULT.contains(className))) {
            return Double.POSITIVE_INFINITY;
        }
        double range = config.number("clip_sample_range", 1);
        if (!(range > 0)) {
            throw config.refuse("clip_sample_range", "above 0", String.valueOf(range));
        }
        return range;
    }

    private void requireSound(ConfigFile config) throws ModelException {
        if (trainTimesteps > MAX_TIMESTEPS) {
            throw config.refuse("num_train_timesteps", "at most " + MAX_TIMESTEPS, String.valueOf(trainTimesteps));
        }
        if (stepsOffset < 0 || stepsOffset >= trainTimesteps) {
            throw config.refuse("steps_offset", "in [0, " + trainTimesteps + ")", String.valueOf(stepsOffset));
        }
        requireBeta(config, "beta_start", betaStart);
        requireBeta(config, "beta_end", betaEnd);
        for (double beta : trainedBetas) {
            requireBeta(config, "trained_betas", beta);
        }
    }

    private static void requireBeta(ConfigFile config, String name, double beta) throws ModelException {
        if (!(beta > 0 && beta < 1)) {
            throw config.refuse(name, "above 0 and below 1", String.valueOf(beta));
        }
    }

    /** One of an enum's constants, which in files go by their names in small letters. */
    private static <E extends Enum<E>> E oneOf(ConfigFile config, String name, E[] known, E otherwise)
            throws ModelException {
        String found = config.text(name, fileName(otherwise));
        for (E constant : known) {
            if (fileName(constant).equals(found)) {
                return constant;
            }
        }
        String all = Arrays.stream(known).map(SchedulerConfig::fileName).collect(Collectors.joining(", "));
        throw config.refuse(name, "one of " + all, "\"" + found + "\"");
    }

    private static String fileName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The same for a network that predicts something else. */
    SchedulerConfig predicting(PredictionType other) {
        return with(other, cleanClip, readAnew);
    }

    private SchedulerConfig with(PredictionType otherPrediction, double otherClip, boolean anew) {
        return new SchedulerConfig(
                className,
                trainTimesteps,
                betaSchedule,
                betaStart,
                betaEnd,
                trainedBetas,
                otherPrediction,
                spacing,
                stepsOffset,
                alphaToOne,
                otherClip,
                sigmas,
                anew);
    }

    /** What the samplers want to know. */
    public DiffusionSettings settings() {
        NoiseSchedule schedule = schedule();
        return new DiffusionSettings(
                schedule, prediction, spacing, stepsOffset, alphaToOne ? 1 : schedule.alphaBar(0), cleanClip);
    }

    private NoiseSchedule schedule() {
        if (sigmas.isPresent()) {
            return sigmas.get().schedule();
        }
        return trainedBetas.isEmpty()
                ? NoiseSchedule.of(betaSchedule, trainTimesteps, betaStart, betaEnd)
                : NoiseSchedule.ofBetas(
                        trainedBetas.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
