package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model whose layout is known and whose configuration has been read and found usable. */
public sealed interface ModelLayout permits UNet2DFolder, StableDiffusion {
    /** The model folder, or the file that is the whole model. */
    Path folder();

    /** What the studio knows about it beside the network. */
    StudioManifest manifest();

    /** How the network was trained, and so how it is sampled. */
    SchedulerConfig scheduler();

    /**
     * Recognises a folder, or a file with a whole model, and reads its configuration, not its weights.
     *
     * @throws ModelException if it is no model folder, or one that the studio cannot run: a sentence that names the
     *     file, what was expected and what was found
     */
    static ModelLayout read(Path folder) throws ModelException {
        if (Files.isRegularFile(folder) && StableDiffusionFile.is(folder)) {
            return StableDiffusionFile.read(folder);
        }
        if (!Files.isDirectory(folder)) {
            boolean there = Files.exists(folder);
            throw ModelException.in(folder, "a model folder", there ? "a file" : "nothing there")
                    .as((there ? ModelRefusal.NO_MODEL : ModelRefusal.NOTHING_THERE).with(folder));
        }
        if (StableDiffusionOnnx.isIn(folder)) {
            return StableDiffusionOnnx.read(folder);
        }
        if (StableDiffusionFolder.isIn(folder)) {
            return StableDiffusionFolder.read(folder);
        }
        Path index = folder.resolve("model_index.json");
        if (Files.exists(index)) {
            requireUNet2D(ConfigFile.read(index));
        }
        return UNet2DFolder.read(folder);
    }

    private static void requireUNet2D(ConfigFile index) throws ModelException {
        if (!index.isList("unet")) {
            throw index.refuse(
                    "unet", "[\"diffusers\", \"UNet2DModel\"]", index.has("unet") ? "another value" : "nothing");
        }
        String network = String.join(" ", index.texts("unet"));
        if (!network.endsWith("UNet2DModel")) {
            throw index.refuse("unet", "a UNet2DModel", network)
                    .as(ModelRefusal.OTHER_KIND.with(index.file(), network));
        }
    }
}
