package dev.noisediffusion.model;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How the weights of one network are called in their file, and which of the file's are this network's.
 *
 * @param inFile from the name in the diffusers library to that in the file
 * @param prefixes of the names in the file that are the network's; an empty one for all
 */
record WeightNames(UnaryOperator<String> inFile, List<String> prefixes) {
    /** A file of its own, with the library's names. */
    static final WeightNames OWN_FILE = new WeightNames(UnaryOperator.identity(), List.of(""));

    /** Some text encoders store the numbers from 0 to 76, which nothing needs. */
    private static final String POSITIONS = "embeddings.position_ids";

    WeightNames {
        prefixes = List.copyOf(prefixes);
    }

    boolean own(String nameInFile) {
        return prefixes.stream().anyMatch(nameInFile::startsWith) && !nameInFile.endsWith(POSITIONS);
    }
}
