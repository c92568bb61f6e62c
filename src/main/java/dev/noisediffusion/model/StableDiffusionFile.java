package dev.noisediffusion.model;

import dev.noisediffusion.model.StableDiffusion.Tokenizer;
import dev.noisediffusion.model.StableDiffusionWeights.Configs;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads Stable Diffusion from one file in the original layout. The weights give the widths; what they do not tell, such
 * as the number of heads, is Stable Diffusion 1's where they have its widths, and else that of a diffusers folder beside
 * the file that has the same ones.
 */
final class StableDiffusionFile {
    private static final String FIRST = OriginalNames.UNET + "input_blocks.0.0.weight";
    private static final String WORDS = OriginalNames.UNET + "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight";
    private static final String MIDDLE = OriginalNames.UNET + "middle_block.0.in_layers.0.weight";
    private static final String TOKENS = OriginalNames.TEXT_ENCODER + "text_model.embeddings.token_embedding.weight";
    private static final String END_OF_TEXT = "<|endoftext|>";

    private StableDiffusionFile() {}

    static boolean is(Path file) {
        return file.getFileName() != null && file.getFileName().toString().endsWith(".safetensors");
    }

    static StableDiffusionWeights read(Path file) throws ModelException {
        Widths widths;
        try (Safetensors weights = Safetensors.open(file)) {
            widths = Widths.of(weights);
        }
        Template template = template(file, widths);
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return new StableDiffusionWeights(
                file,
                template.configs,
                StableDiffusionFolder.sourcesIn(file, template.configs),
                template.size,
                new Tokenizer(Neighbours.tokenizer(file), END_OF_TEXT),
                template.scheduler,
                StudioManifest.named(name.replaceFirst("\\.safetensors$", "")),
                "Stable Diffusion, one file in the original layout");
    }

    /** What a file does not say. */
    private record Template(Configs configs, SchedulerConfig scheduler, ImageSize size) {}

    /** What is compared to find out which model a file is. */
    private record Widths(int first, int middle, int words) {
        static final Widths STABLE_DIFFUSION_1 = new Widths(320, 1280, 768);

        static Widths of(Safetensors weights) throws ModelException {
            Map<String, Safetensors.Entry> entries = weights.entries();
            if (!entries.containsKey(FIRST)) {
                throw ModelException.in(
                        weights.file(),
                        "a Stable Diffusion in the original layout, with " + FIRST,
                        "none of that name");
            }
            if (!entries.containsKey(TOKENS)) {
                throw ModelException.in(
                        weights.file(),
                        "the text encoder of Stable Diffusion 1, with " + TOKENS,
                        "none of that name; bring this model as a diffusers folder instead");
            }
            return new Widths(dim(entries, FIRST, 0), dim(entries, MIDDLE, 0), dim(entries, WORDS, 1));
        }

        private static int dim(Map<String, Safetensors.Entry> entries, String name, int axis) {
            Safetensors.Entry entry = entries.get(name);
            Shape shape = entry == null ? Shape.of() : entry.shape();
            return axis < shape.rank() ? shape.dim(axis) : 0;
        }

        static Widths of(ConditionedUNetConfig config) {
            List<UNet2DConfig.Level> levels = config.unet().levels();
            return new Widths(levels.getFirst().channels(), levels.getLast().channels(), config.wordWidth());
        }
    }

    private static Template template(Path file, Widths widths) throws ModelException {
        if (widths.equals(Widths.STABLE_DIFFUSION_1)) {
            return stableDiffusion1();
        }
        var looked = new ArrayList<String>();
        for (Path folder : Neighbours.of(file)) {
            if (!StableDiffusionOnnx.isIn(folder) && StableDiffusionFolder.isIn(folder)) {
                Configs configs = StableDiffusionFolder.configs(folder);
                SchedulerConfig scheduler = SchedulerConfig.read(StableDiffusionFolder.scheduler(folder));
                if (Widths.of(configs.unet()).equals(widths)) {
                    ImageSize size = StableDiffusionSize.of(
                            folder.resolve("unet/config.json"),
                            configs.autoencoder().latents(),
                            scheduler);
                    return new Template(configs, scheduler, size);
                }
                looked.add(folder.toString());
            }
        }
        throw ModelException.in(
                file,
                "the widths of Stable Diffusion 1 (320, 1280 and 768), or those of a diffusers folder beside the file",
                widths.first + ", " + widths.middle + " and " + widths.words
                        + (looked.isEmpty() ? "" : ", which none of " + looked + " has"));
    }

    private static Template stableDiffusion1() throws ModelException {
        var configs = new Configs(
                ConditionedUNetConfig.of(builtIn("unet")),
                AutoencoderConfig.of(builtIn("vae")),
                ClipTextConfig.of(builtIn("text_encoder")),
                List.of());
        return new Template(configs, SchedulerConfig.of(builtIn("scheduler")), new ImageSize(512, 512));
    }

    private static ConfigFile builtIn(String part) throws ModelException {
        return ConfigFile.ofResource("stable-diffusion-1/" + part + ".json");
    }
}
