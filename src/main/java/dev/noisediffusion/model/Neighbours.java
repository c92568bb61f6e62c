package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a model that is not complete may borrow from the models beside it. */
final class Neighbours {
    private Neighbours() {}

    /** The model folders beside a model, and before them the folder they are all in. */
    static List<Path> of(Path model) throws ModelException {
        Path parent = model.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            return List.of();
        }
        var folders = new ArrayList<Path>();
        folders.add(parent);
        try (Stream<Path> beside = Files.list(parent)) {
            beside.filter(Files::isDirectory).sorted().forEach(folders::add);
        } catch (IOException e) {
            throw ModelException.failed(parent, "read", e);
        }
        return folders;
    }

    /**
     * The folder with the tables of CLIP's tokenizer, which are the same for all these models: the model's own, or one
     * beside it.
     */
    static Path tokenizer(Path model) throws ModelException {
        Path own = model.resolve("tokenizer");
        if (ClipTokenizer.isIn(own)) {
            return own;
        }
        List<Path> folders = of(model);
        // Tables in two files come before those in one, which older studios did not see: a model must keep its id.
        for (int files : List.of(2, 1)) {
            for (Path folder : folders) {
                Path tokenizer = folder.resolve("tokenizer");
                if (ClipTokenizer.tablesIn(tokenizer).size() == files && isClips(tokenizer)) {
                    return tokenizer;
                }
            }
        }
        throw new ModelException(
                ModelRefusal.NO_TOKENIZER.with(model),
                model + ": expected a folder \"tokenizer\" with vocab.json and merges.txt, or with tokenizer.json, in"
                        + " the model, beside it or in a model beside it, found none; every Stable Diffusion folder has"
                        + " one that fits.",
                null);
    }

    /** Models of other kinds have files of the same names; what is damaged is of no kind. */
    private static boolean isClips(Path tokenizer) {
        Path config = tokenizer.resolve("tokenizer_config.json");
        String clips = "CLIPTokenizer";
        try {
            return !Files.exists(config)
                    || ConfigFile.read(config).text("tokenizer_class", clips).startsWith(clips);
        } catch (ModelException itDoesNotSay) {
            return false;
        }
    }
}
