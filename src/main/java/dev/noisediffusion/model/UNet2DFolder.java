package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A diffusers folder with a UNet2DModel: {@code unet/config.json}, {@code unet/diffusion_pytorch_model.safetensors} and
 * {@code scheduler/scheduler_config.json}, or, as older checkpoints have it, all three in the folder itself.
 *
 * @param configFile the network's configuration
 * @param weights the network's safetensors file
 * @param schedulerFile the scheduler's configuration
 * @param autoencoder beside a network that works on latents
 */
public record UNet2DFolder(
        Path folder,
        Path configFile,
        Path weights,
        Path schedulerFile,
        UNet2DConfig config,
        SchedulerConfig scheduler,
        Optional<LatentAutoencoder> autoencoder,
        StudioManifest manifest)
        implements ModelLayout {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "diffusion_pytorch_model";

    static UNet2DFolder read(Path folder) throws ModelException {
        Path unet = folder.resolve("unet");
        Path home = Files.isDirectory(unet) ? unet : folder;
        Path configFile = home.resolve(CONFIG);
        if (!Files.exists(configFile)) {
            throw ModelException.in(folder, "a model folder with unet/" + CONFIG + " or " + CONFIG, "neither of them")
                    .as(ModelRefusal.NO_MODEL.with(folder));
        }
        UNet2DConfig config = UNet2DConfig.read(configFile);
        Path schedulerFile = schedulerFile(folder);
        SchedulerConfig scheduler = SchedulerConfig.read(schedulerFile);
        Path weights = weights(home, WEIGHTS);
        return new UNet2DFolder(
                folder,
                configFile,
                weights,
                schedulerFile,
                config,
                scheduler,
                LatentAutoencoder.in(folder),
                StudioManifest.of(folder));
    }

    /** Pixels along each side of one latent pixel. */
    public int factor() {
        return autoencoder
                .map(codec -> codec.latents().factor())
                .orElse(manifest.codec().factor());
    }

    /** How its latents come from pixels, in a form that two equal ones share. */
    public String describeCodec() {
        return autoencoder
                .map(LatentAutoencoder::describe)
                .orElse(manifest.codec().describe());
    }

    /**
     * Width and height of the model's pictures, in pixels.
     *
     * @throws ModelException if its files do not say them, or say more than is believed
     */
    public StudioManifest.ImageSize imageSize() throws ModelException {
        if (manifest.imageSize().isPresent()) {
            return manifest.imageSize().get();
        }
        UNet2DConfig.SampleSize sample = config.sampleSize()
                .orElseThrow(() -> ModelException.in(
                        configFile, "\"sample_size\", or the image size in " + StudioManifest.FILE_NAME, "neither"));
        return StudioManifest.ImageSize.ofLatents(configFile, sample.width(), sample.height(), factor());
    }

    /**
     * Checks that pictures can go through the codec into the network and back.
     *
     * @throws ModelException if the channels or the sides do not fit
     */
    public void requireFittingCodec() throws ModelException {
        int expected = autoencoder
                .map(codec -> codec.latents().channels())
                .orElse(3 * manifest.codec().factor() * manifest.codec().factor());
        if (config.inChannels() != expected || config.outChannels() != expected) {
            throw ModelException.in(
                    configFile,
                    "in_channels and out_channels of " + expected + " for the codec " + describeCodec(),
                    config.inChannels() + " and " + config.outChannels());
        }
        StudioManifest.ImageSize size = imageSize();
        int multiple = factor() * config.sideMultiple();
        if (size.width() % multiple != 0 || size.height() % multiple != 0) {
            throw ModelException.in(
                    configFile,
                    "pictures with sides in multiples of " + multiple + " pixels",
                    size.width() + "x" + size.height());
        }
    }

    private static Path schedulerFile(Path folder) throws ModelException {
        Path inFolder = folder.resolve("scheduler").resolve("scheduler_config.json");
        Path flat = folder.resolve("scheduler_config.json");
        if (!Files.exists(inFolder) && !Files.exists(flat)) {
            throw ModelException.in(
                            folder, "scheduler/scheduler_config.json or scheduler_config.json", "neither of them")
                    .as(ModelRefusal.MISSING_FILE.with(inFolder));
        }
        return Files.exists(inFolder) ? inFolder : flat;
    }

    /**
     * The safetensors file of a network, by its name without the ending; where there is none, or only git's note of one, that of
     * its variant in float16.
     */
    static Path weights(Path home, String stem) throws ModelException {
        List<Path> known = safetensors(home, stem);
        if (!known.isEmpty()) {
            return fetched(known).orElse(known.getFirst());
        }
        String name = stem + ".safetensors";
        for (String index : List.of(name + ".index.json", name + ".index.fp16.json")) {
            if (Files.exists(home.resolve(index))) {
                throw new ModelException(
                        ModelRefusal.IN_PIECES.with(home, index),
                        home + ": expected " + name + ", found weights in pieces (" + index + "); save the model again"
                                + " with the diffusers library, as one file: save_pretrained with"
                                + " max_shard_size=\"20GB\".",
                        null);
            }
        }
        for (String pickle : List.of(stem + ".bin", "pytorch_" + stem + ".bin")) {
            if (Files.exists(home.resolve(pickle))) {
                throw new ModelException(
                        ModelRefusal.ONLY_PICKLE.with(home, pickle),
                        home + ": expected " + name + ", found only " + pickle + ", a pickle that can"
                                + " run code when it is read; save the model again with the diffusers library"
                                + " (save_pretrained writes safetensors) or download the safetensors file.",
                        null);
            }
        }
        throw ModelException.in(home, name, "no such file").as(ModelRefusal.MISSING_FILE.with(home.resolve(name)));
    }

    /** Whether weights of a network are there as such, and not only as git's note of them. */
    static boolean hasWeights(Path home) throws ModelException {
        return fetched(safetensors(home, WEIGHTS)).isPresent();
    }

    private static List<Path> safetensors(Path home, String stem) {
        return Stream.of(".safetensors", ".fp16.safetensors")
                .map(ending -> home.resolve(stem + ending))
                .filter(Files::exists)
                .toList();
    }

    private static Optional<Path> fetched(List<Path> files) throws ModelException {
        for (Path file : files) {
            if (!GitNote.is(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
