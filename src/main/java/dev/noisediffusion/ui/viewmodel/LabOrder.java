package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.ExperimentRunner;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.model.ContentHash;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the lab is asked to run.
 *
 * @param experiment with the number of pairs that was chosen
 * @param lease of the model to run it with
 */
record LabOrder(Experiment experiment, LabPhotographs photographs, ModelLease lease) {
    private static final int HASH_DIGITS = 8;

    /** The folder of its results: the same order always has the same one, and goes on in it. For background threads. */
    Path folder(LabServices services) {
        boolean readsPrompts = lease.open().renderer().readsPrompts();
        String everything = ContentHash.ofTexts(
                experiment.toString(),
                lease.open().model().id(),
                lease.open().device(),
                photographs.identity(),
                String.join("\n", ExperimentRunner.software(services.software().get(), readsPrompts)),
                Integer.toString(LabBoard.RESULTS_VERSION));
        String name = slug(experiment.name()) + "-" + slug(lease.open().model().name()) + "-"
                + everything.substring(0, HASH_DIGITS);
        return services.results().resolve(name);
    }

    LabBench bench() {
        return lease.open().bench();
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    }
}
