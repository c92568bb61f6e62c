package dev.noisediffusion.model;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How the weights of one network are called in their file, and which of the file's are this network's.
 *
 * @param inFile from the name in the diffusers library to the place in the file
 * @param prefixes of the names in the file that are the network's; an empty one for all
 * @param unused names in the file that are the network's but that nothing needs
 */
record WeightNames(Function<String, Place> inFile, List<String> prefixes, Predicate<String> unused) {
    /** A file of its own, with the library's names. */
    static final WeightNames OWN_FILE = same(List.of(""));

    /** Some text encoders store the numbers from 0 to 76, which nothing needs. */
    private static final String POSITIONS = "embeddings.position_ids";

    /**
     * Where a weight is.
     *
     * @param name of the tensor in the file
     * @param part of it along its first side, from 0
     * @param parts that it is made of
     * @param transposed whether its two sides have changed places
     */
    record Place(String name, int part, int parts, boolean transposed) {
        static Place whole(String name) {
            return new Place(name, 0, 1, false);
        }
    }

    WeightNames {
        prefixes = List.copyOf(prefixes);
    }

    WeightNames(Function<String, Place> inFile, List<String> prefixes) {
        this(inFile, prefixes, name -> false);
    }

    /** The library's names, of which only those with some prefixes are the network's. */
    static WeightNames same(List<String> prefixes) {
        return new WeightNames(Place::whole, prefixes);
    }

    /** The same names but for some that nothing needs. */
    WeightNames without(Predicate<String> names) {
        return new WeightNames(inFile, prefixes, names);
    }

    boolean own(String nameInFile) {
        return prefixes.stream().anyMatch(nameInFile::startsWith)
                && !nameInFile.endsWith(POSITIONS)
                && !unused.test(nameInFile);
    }
}
