package dev.noisediffusion.model;

import dev.noisediffusion.diffusion.NoiseSchedule;
import dev.noisediffusion.diffusion.Preconditioning;
import java.util.Set;

/**
 * The noise levels of a network that was trained on a range of them rather than on numbered steps (Karras et al. 2022,
 * eq. 5), as the schedulers of the diffusers library for such networks give them.
 *
 * @param least sigma, above 0
 * @param most sigma, above the least
 * @param rho how much more densely the small ones are spread; 0 spreads the logarithms evenly
 * @param preconditioning of the network
 */
public record SigmaRange(double least, double most, double rho, Preconditioning preconditioning) {
    /** Levels that runs choose from: as many as others have training steps. */
    static final int LEVELS = 1000;

    static final String CONSISTENCY = "CMStochasticIterativeScheduler";
    private static final Set<String> EDM = Set.of("EDMEulerScheduler", "EDMDPMSolverMultistepScheduler");

    /** Whether a scheduler's file is about such a network. */
    static boolean isIn(ConfigFile config) throws ModelException {
        String className = config.text("_class_name", "nothing");
        return className.equals(CONSISTENCY)
                || EDM.contains(className)
                || config.text("timestep_type", "discrete").equals("continuous");
    }

    static SigmaRange of(ConfigFile config) throws ModelException {
        String className = config.text("_class_name", "nothing");
        boolean consistency = className.equals(CONSISTENCY);
        boolean edm = consistency || EDM.contains(className);
        double least = config.number("sigma_min", edm ? 0.002 : 0);
        double most = config.number("sigma_max", edm ? 80 : 0);
        if (!(least > 0 && most > least && most < 1e6)) {
            throw config.refuse("sigma_min", "above 0 and below sigma_max", least + " and " + most);
        }
        double deviation = edm ? config.number("sigma_data", 0.5) : 1;
        if (!(deviation > 0)) {
            throw config.refuse("sigma_data", "above 0", String.valueOf(deviation));
        }
        var preconditioning = new Preconditioning(
                deviation, consistency ? least : 0, consistency ? 1000 : 1, negated(config, consistency, edm));
        return new SigmaRange(least, most, rho(config), preconditioning);
    }

    private static boolean negated(ConfigFile config, boolean consistency, boolean edm) throws ModelException {
        if (consistency) {
            return false;
        }
        if (!edm) {
            if (!config.text("prediction_type", "epsilon").equals("v_prediction")) {
                throw config.refuse(
                        "prediction_type",
                        "\"v_prediction\" where \"timestep_type\" is \"continuous\"",
                        "\"" + config.text("prediction_type", "epsilon") + "\"");
            }
            return true;
        }
        String prediction = config.text("prediction_type", "epsilon");
        if (!prediction.equals("epsilon") && !prediction.equals("v_prediction")) {
            throw config.refuse("prediction_type", "\"epsilon\" or \"v_prediction\"", "\"" + prediction + "\"");
        }
        return prediction.equals("v_prediction");
    }

    private static double rho(ConfigFile config) throws ModelException {
        String schedule = config.text("sigma_schedule", "karras");
        if (schedule.equals("exponential")) {
            return 0;
        }
        if (!schedule.equals("karras")) {
            throw config.refuse("sigma_schedule", "\"karras\" or \"exponential\"", "\"" + schedule + "\"");
        }
        double rho = config.number("rho", 7);
        if (!(rho > 0 && rho < 100)) {
            throw config.refuse("rho", "above 0 and below 100", String.valueOf(rho));
        }
        return rho;
    }

    /** The levels as a schedule, in variance-preserving terms: abar = 1 / (1 + sigma^2). */
    NoiseSchedule schedule() {
        var sigmas = new double[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            double share = (double) i / (LEVELS - 1);
            sigmas[i] = rho == 0
                    ? Math.exp(Math.log(least) + share * (Math.log(most) - Math.log(least)))
                    : Math.pow(
                            Math.pow(least, 1 / rho) + share * (Math.pow(most, 1 / rho) - Math.pow(least, 1 / rho)),
                            rho);
        }
        return NoiseSchedule.ofDeviations(sigmas);
    }
}
