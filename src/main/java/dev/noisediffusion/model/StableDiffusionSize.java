package dev.noisediffusion.model;

import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** How large the pictures of a Stable Diffusion model are. */
final class StableDiffusionSize {
    /** Latent pixels along a side: 512 pixels, or 768 where the model predicts v, as Stable Diffusion 2 does. */
    private static final int USUAL = 64;

    private static final int USUAL_OF_V = 96;

    /** Versions of the diffusers library whose files say a smaller size than the model was trained with. */
    private static final Pattern BEFORE_0_9 = Pattern.compile("0\\.[0-8](\\D.*)?");

    private StableDiffusionSize() {}

    /** From the U-Net's configuration, or, where there is none, from the family. */
    static ImageSize of(Path unetConfig, LatentSpace latents, SchedulerConfig scheduler) throws ModelException {
        int usual = scheduler.prediction() == PredictionType.V_PREDICTION ? USUAL_OF_V : USUAL;
        int side = Files.exists(unetConfig) ? side(ConfigFile.read(unetConfig), usual) : usual;
        return ImageSize.ofLatents(unetConfig, side, side, latents.factor());
    }

    private static int side(ConfigFile unet, int usual) throws ModelException {
        int side = unet.positive("sample_size", usual);
        boolean old = BEFORE_0_9.matcher(unet.text("_diffusers_version", "")).matches();
        return old ? Math.max(side, USUAL) : side;
    }

    /** Refuses sizes that the levels of the network cannot halve. */
    static void requireFitting(Path folder, ImageSize size, int multiple) throws ModelException {
        if (size.width() % multiple != 0 || size.height() % multiple != 0) {
            throw ModelException.in(
                    folder,
                    "pictures with sides in multiples of " + multiple + " pixels",
                    size.width() + "x" + size.height());
        }
    }
}
