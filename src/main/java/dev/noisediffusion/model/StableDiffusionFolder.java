package dev.noisediffusion.model;

import dev.noisediffusion.model.StableDiffusion.Part;
import dev.noisediffusion.model.StableDiffusion.Tokenizer;
import dev.noisediffusion.model.StableDiffusionWeights.Configs;
import dev.noisediffusion.model.StableDiffusionWeights.Source;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads diffusers folders of Stable Diffusion: {@code unet/}, {@code vae/}, {@code text_encoder/}, {@code scheduler/}. */
final class StableDiffusionFolder {
    private static final String UNET_CONFIG = "unet/config.json";
    private static final List<String> ENCODER = List.of("encoder.", "quant_conv.");
    private static final List<String> DECODER = List.of("decoder.", "post_quant_conv.");

    private StableDiffusionFolder() {}

    static boolean isIn(Path folder) throws ModelException {
        Path config = folder.resolve(UNET_CONFIG);
        return Files.exists(config)
                && ConfigFile.read(config).text("_class_name", "").equals("UNet2DConditionModel");
    }

    static StableDiffusionWeights read(Path folder) throws ModelException {
        if (Files.exists(folder.resolve("text_encoder_2"))) {
            throw ModelException.in(folder, "a Stable Diffusion with one text encoder", "two, as SDXL has");
        }
        Configs configs = configs(folder);
        SchedulerConfig scheduler = SchedulerConfig.readNumbered(scheduler(folder));
        StudioManifest manifest = StudioManifest.of(folder);
        LatentSpace latents = configs.autoencoder().latents();
        ImageSize size = manifest.imageSize().isPresent()
                ? manifest.imageSize().get()
                : StableDiffusionSize.of(folder.resolve(UNET_CONFIG), latents, scheduler);
        StableDiffusionSize.requireFitting(
                folder, size, latents.factor() * configs.unet().unet().sideMultiple());
        Path own = folder.resolve("tokenizer");
        var tokenizer = new Tokenizer(Neighbours.tokenizer(folder), ClipTokenizer.paddingIn(own));
        return new StableDiffusionWeights(
                folder,
                configs,
                sources(folder),
                size,
                tokenizer,
                scheduler,
                manifest,
                "Stable Diffusion, a diffusers folder");
    }

    /** The shapes that a folder's configurations give. */
    static Configs configs(Path folder) throws ModelException {
        Path unet = folder.resolve(UNET_CONFIG);
        Path autoencoder = folder.resolve("vae/config.json");
        Path text = folder.resolve("text_encoder/config.json");
        return new Configs(
                ConditionedUNetConfig.of(ConfigFile.read(unet)),
                AutoencoderConfig.of(ConfigFile.read(autoencoder)),
                ClipTextConfig.of(ConfigFile.read(text)),
                List.of(unet, autoencoder, text, scheduler(folder)));
    }

    static Path scheduler(Path folder) {
        return folder.resolve("scheduler/scheduler_config.json");
    }

    private static Map<Part, Source> sources(Path folder) throws ModelException {
        Path autoencoder = UNet2DFolder.weights(folder.resolve("vae"), "diffusion_pytorch_model");
        UnaryOperator<String> same = UnaryOperator.identity();
        return Map.of(
                Part.UNET,
                new Source(
                        UNet2DFolder.weights(folder.resolve("unet"), "diffusion_pytorch_model"), WeightNames.OWN_FILE),
                Part.TEXT_ENCODER,
                new Source(UNet2DFolder.weights(folder.resolve("text_encoder"), "model"), WeightNames.OWN_FILE),
                Part.VAE_ENCODER,
                new Source(autoencoder, new WeightNames(same, ENCODER)),
                Part.VAE_DECODER,
                new Source(autoencoder, new WeightNames(same, DECODER)));
    }

    /** The same parts in one file of the original layout. */
    static Map<Part, Source> sourcesIn(Path file, Configs configs) {
        int levels = configs.autoencoder().channels().size();
        UnaryOperator<String> autoencoder = name -> OriginalNames.ofAutoencoder(name, levels);
        return Map.of(
                Part.UNET,
                new Source(
                        file,
                        new WeightNames(
                                name -> OriginalNames.ofUNet(
                                        name, configs.unet().unet()),
                                List.of(OriginalNames.UNET))),
                Part.TEXT_ENCODER,
                new Source(file, new WeightNames(OriginalNames::ofTextEncoder, List.of(OriginalNames.TEXT_ENCODER))),
                Part.VAE_ENCODER,
                new Source(file, new WeightNames(autoencoder, prefixed(ENCODER))),
                Part.VAE_DECODER,
                new Source(file, new WeightNames(autoencoder, prefixed(DECODER))));
    }

    private static List<String> prefixed(List<String> names) {
        return names.stream().map(OriginalNames.AUTOENCODER::concat).toList();
    }
}
