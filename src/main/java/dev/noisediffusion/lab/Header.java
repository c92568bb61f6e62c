package dev.noisediffusion.lab;

import java.util.List;

/**
 * The first line of a results file: everything that decides the lines after it.
 *
 * @param format always {@value #FORMAT}
 * @param version of the file, now {@value #VERSION}
 * @param software that measured, by name and version, the device and precision it computed with, networks by name and
 *     hash, and that a model which reads words was given none
 * @param model name of the model, for people
 * @param modelId its content hash
 * @param experiment as it was declared, with the numbers of pairs that it was run with
 * @param photographs how many there were to make pairs of
 * @param pictures those of them that are in a pair, by their index among all
 * @param metrics that were measured
 */
record Header(
        String format,
        int version,
        List<String> software,
        String model,
        String modelId,
        Experiment experiment,
        int photographs,
        List<NamedPicture> pictures,
        List<Metric> metrics) {
    static final String FORMAT = "noisediffusion-lab-results";
    static final int VERSION = 5;

    Header {
        if (!FORMAT.equals(format) || version != VERSION) {
            throw new IllegalArgumentException("it is of another format or version");
        }
        software = List.copyOf(Present.of(software, "software"));
        Present.of(model, "model");
        Present.of(modelId, "modelId");
        Present.of(experiment, "experiment");
        pictures = List.copyOf(Present.of(pictures, "pictures"));
        metrics = List.copyOf(Present.of(metrics, "metrics"));
    }

    /**
     * A photograph by name and content.
     *
     * @param index among all photographs
     * @param name relative to their folder
     * @param sha256 of the file
     */
    record NamedPicture(int index, String name, String sha256) {}

    /**
     * Whether results under both are of one run: whether both are written alike. Equality is not enough, since it does not see the
     * order of the axes, which numbers the cells.
     */
    boolean isOfSameRunAs(Header other) {
        return LabJson.MAPPER.writeValueAsString(this).equals(LabJson.MAPPER.writeValueAsString(other));
    }

    WorkPlan plan() throws LabException {
        return new WorkPlan(experiment, photographs);
    }

    /** What a picture of a pair is called. */
    String nameOf(PicturePair pair, int picture) {
        return pair.generated()
                ? "generated " + picture
                : pictures.stream()
                        .filter(known -> known.index() == picture)
                        .map(NamedPicture::name)
                        .findFirst()
                        .orElse("?");
    }
}
