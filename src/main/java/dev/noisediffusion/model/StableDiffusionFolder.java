package dev.noisediffusion.model;

import dev.noisediffusion.model.StableDiffusion.Part;
import dev.noisediffusion.model.StableDiffusion.Tokenizer;
import dev.noisediffusion.model.StableDiffusionWeights.Configs;
import dev.noisediffusion.model.StableDiffusionWeights.Source;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads diffusers folders of Stable Diffusion: {@code unet/}, {@code vae/}, {@code text_encoder/}, {@code scheduler/}, and, of
 * SDXL, {@code text_encoder_2/} as well.
 */
final class StableDiffusionFolder {
    static final List<String> ENCODER = List.of("encoder.", "quant_conv.");
    static final List<String> DECODER = List.of("decoder.", "post_quant_conv.");

    private static final String UNET_CONFIG = "unet/config.json";
    private static final String SECOND = "text_encoder_2";

    private StableDiffusionFolder() {}

    static boolean isIn(Path folder) throws ModelException {
        Path config = folder.resolve(UNET_CONFIG);
        return Files.exists(config)
                && ConfigFile.read(config).text("_class_name", "").equals("UNet2DConditionModel");
    }

    static StableDiffusionWeights read(Path folder) throws ModelException {
        Configs configs = configs(folder);
        configs.requireFitting(folder.resolve(UNET_CONFIG));
        SchedulerConfig scheduler = SchedulerConfig.readNumbered(scheduler(folder));
        StudioManifest manifest = StudioManifest.of(folder);
        LatentSpace latents = configs.autoencoder().latents();
        ImageSize size = manifest.imageSize().isPresent()
                ? manifest.imageSize().get()
                : StableDiffusionSize.of(folder.resolve(UNET_CONFIG), latents, scheduler);
        StableDiffusionSize.requireFitting(folder, size, latents.factor());
        Path tables = Neighbours.tokenizer(folder);
        var tokenizers = new ArrayList<Tokenizer>();
        ClipTextConfig first = configs.texts().getFirst();
        tokenizers.add(Tokenizer.of(folder, tables, firstPadding(folder, first.quickGelu()), first.vocabulary()));
        if (configs.texts().size() > 1) {
            tokenizers.add(
                    secondTokenizer(folder, tables, configs.texts().getLast().vocabulary()));
        }
        return new StableDiffusionWeights(
                folder,
                configs,
                sources(folder, configs),
                size,
                tokenizers,
                isSilent(folder, configs.texts().size()),
                scheduler,
                manifest,
                (configs.texts().size() > 1 ? "SDXL" : "Stable Diffusion") + ", a diffusers folder");
    }

    /** Where a folder says nothing, its text encoder tells whose padding it knows: OpenCLIP's has the exact activation. */
    static String firstPadding(Path folder, boolean quickGelu) throws ModelException {
        StableDiffusionFamily family = quickGelu ? StableDiffusionFamily.ONE : StableDiffusionFamily.TWO;
        return ClipTokenizer.paddingIn(folder.resolve("tokenizer"), family.padding(0));
    }

    /**
     * SDXL's second tokenizer has the tables of the first, and another padding. Words that the first text encoder has learnt are
     * not the second's.
     *
     * @param vocabulary number of tokens that the second text encoder knows
     */
    static Tokenizer secondTokenizer(Path folder, Path tables, int vocabulary) throws ModelException {
        Path own = folder.resolve("tokenizer_2");
        String padding = ClipTokenizer.paddingIn(own, StableDiffusionFamily.XL.padding(1));
        return ClipTokenizer.isIn(own) ? new Tokenizer(own, padding, vocabulary) : new Tokenizer(tables, padding, 0);
    }

    /** SDXL was trained with silence for no prompt, unless its index says otherwise. */
    static boolean isSilent(Path folder, int encoders) throws ModelException {
        Path index = folder.resolve("model_index.json");
        return encoders > 1
                && (!Files.exists(index) || ConfigFile.read(index).flag("force_zeros_for_empty_prompt", true));
    }

    /** The shapes that a folder's configurations give, whether or not they fit one another. */
    static Configs configs(Path folder) throws ModelException {
        var files = new ArrayList<Path>();
        var texts = new ArrayList<ClipTextConfig>();
        Path unet = folder.resolve(UNET_CONFIG);
        Path autoencoder = folder.resolve("vae/config.json");
        files.add(unet);
        files.add(autoencoder);
        for (String part : textEncoders(folder)) {
            Path text = folder.resolve(part).resolve("config.json");
            files.add(text);
            texts.add(ClipTextConfig.of(ConfigFile.read(text)));
        }
        files.add(scheduler(folder));
        return new Configs(
                ConditionedUNetConfig.of(ConfigFile.read(unet)),
                AutoencoderConfig.of(ConfigFile.read(autoencoder)),
                texts,
                files);
    }

    private static List<String> textEncoders(Path folder) throws ModelException {
        if (!Files.exists(folder.resolve(SECOND))) {
            return List.of("text_encoder");
        }
        if (!Files.exists(folder.resolve("text_encoder"))) {
            throw refiner(folder);
        }
        return List.of("text_encoder", SECOND);
    }

    static ModelException refiner(Path model) {
        return ModelException.in(
                model, "both text encoders of SDXL", "only the second, as its refiner has, which cannot be used alone");
    }

    static Path scheduler(Path folder) {
        return folder.resolve("scheduler/scheduler_config.json");
    }

    private static Map<Part, Source> sources(Path folder, Configs configs) throws ModelException {
        Path autoencoder = UNet2DFolder.weights(folder.resolve("vae"), "diffusion_pytorch_model");
        var sources = new EnumMap<Part, Source>(Part.class);
        sources.put(
                Part.UNET,
                new Source(
                        UNet2DFolder.weights(folder.resolve("unet"), "diffusion_pytorch_model"), WeightNames.OWN_FILE));
        sources.put(Part.VAE_ENCODER, new Source(autoencoder, WeightNames.same(ENCODER)));
        sources.put(Part.VAE_DECODER, new Source(autoencoder, WeightNames.same(DECODER)));
        sources.put(Part.TEXT_ENCODER, textSource(folder.resolve("text_encoder")));
        if (configs.texts().size() > 1) {
            sources.put(Part.TEXT_ENCODER_2, textSource(folder.resolve(SECOND)));
        }
        return sources;
    }

    private static Source textSource(Path home) throws ModelException {
        return new Source(UNet2DFolder.weights(home, "model"), WeightNames.OWN_FILE);
    }
}
