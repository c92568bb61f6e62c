package dev.noisediffusion.model;

import dev.noisediffusion.diffusion.PredictionType;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.StableDiffusion.Part;
import dev.noisediffusion.model.StableDiffusion.Tokenizer;
import dev.noisediffusion.model.StableDiffusionWeights.Configs;
import dev.noisediffusion.model.StableDiffusionWeights.Source;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import dev.noisediffusion.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads Stable Diffusion from one file in the original layout. The names of the text encoders give the family, the weights the
 * widths; what they do not tell, such as the number of heads, is that of the family's usual models where they have those widths,
 * and else that of a diffusers folder beside the file that has the same ones.
 */
final class StableDiffusionFile {
    private static final String FIRST = OriginalNames.UNET + "input_blocks.0.0.weight";
    private static final String MIDDLE = OriginalNames.UNET + "middle_block.0.in_layers.0.weight";
    private static final String WORDS = OriginalNames.UNET + "middle_block.1.transformer_blocks.0.attn2.to_k.weight";

    /** What SDXL's network hears beside its words. */
    private static final String ADDED = OriginalNames.UNET + "label_emb.0.0.weight";

    private StableDiffusionFile() {}

    static boolean is(Path file) {
        return file.getFileName() != null && file.getFileName().toString().endsWith(".safetensors");
    }

    static StableDiffusionWeights read(Path file) throws ModelException {
        try (Safetensors weights = Safetensors.open(file)) {
            if (!weights.entries().containsKey(FIRST)) {
                throw ModelException.in(
                                file, "a Stable Diffusion in the original layout, with " + FIRST, "none of that name")
                        .as(ModelRefusal.NO_MODEL.with(file));
            }
            StableDiffusionFamily family = StableDiffusionFamily.of(weights.entries())
                    .orElseThrow(() -> ModelException.in(
                            file,
                            "the text encoders of Stable Diffusion 1, Stable Diffusion 2 or SDXL",
                            "neither of them; bring this model as a diffusers folder instead"));
            if (family == StableDiffusionFamily.TWO_TURBO && weights.entries().containsKey(ADDED)) {
                throw StableDiffusionFolder.refiner(file);
            }
            return read(file, family, weights);
        }
    }

    private static StableDiffusionWeights read(Path file, StableDiffusionFamily family, Safetensors weights)
            throws ModelException {
        PredictionType prediction = OriginalPrediction.of(file, family, weights);
        Template template = template(file, family, Widths.of(weights), prediction);
        StableDiffusionWeights.requireChannels(
                file,
                Widths.dim(weights.entries(), FIRST, 1),
                template.configs.autoencoder().latents().channels());
        Path tables = Neighbours.tokenizer(file);
        var tokenizers = new ArrayList<Tokenizer>();
        for (int i = 0; i < family.encoders(); i++) {
            tokenizers.add(Tokenizer.of(
                    file,
                    tables,
                    family.padding(i),
                    template.configs.texts().get(i).vocabulary()));
        }
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return new StableDiffusionWeights(
                file,
                template.configs,
                sources(file, family, template.configs),
                template.size,
                tokenizers,
                family == StableDiffusionFamily.XL,
                template.scheduler,
                StudioManifest.named(name.replaceFirst("\\.safetensors$", "")),
                family.title() + ", one file in the original layout");
    }

    /** What a file does not say. */
    private record Template(Configs configs, SchedulerConfig scheduler, ImageSize size) {}

    /** What is compared to find out which model a file is. */
    private record Widths(int first, int middle, int words) {
        static Widths of(Safetensors weights) {
            Map<String, Safetensors.Entry> entries = weights.entries();
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

    private static Template template(Path file, StableDiffusionFamily family, Widths widths, PredictionType prediction)
            throws ModelException {
        Configs usual = family.configs();
        Widths usualWidths = Widths.of(usual.unet());
        if (widths.equals(usualWidths)) {
            boolean large = family == StableDiffusionFamily.TWO && prediction == PredictionType.V_PREDICTION;
            int side = large ? family.side() * 3 / 2 : family.side();
            return new Template(
                    usual, SchedulerConfig.of(family.scheduler()).predicting(prediction), new ImageSize(side, side));
        }
        var looked = new ArrayList<String>();
        ModelException refusal = null;
        for (Path folder : Neighbours.of(file)) {
            // One that cannot be used may lie beside one that can.
            try {
                if (!StableDiffusionOnnx.isIn(folder) && StableDiffusionFolder.isIn(folder)) {
                    Configs configs = StableDiffusionFolder.configs(folder);
                    if (Widths.of(configs.unet()).equals(widths)
                            && configs.texts().size() == family.encoders()) {
                        return template(folder, configs);
                    }
                    looked.add(folder.toString());
                }
            } catch (ModelException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
        throw ModelException.in(
                file,
                "the widths of " + family.title() + " (" + usualWidths.first + ", " + usualWidths.middle + " and "
                        + usualWidths.words + "), or those of a diffusers folder beside the file",
                widths.first + ", " + widths.middle + " and " + widths.words
                        + (looked.isEmpty() ? "" : ", which none of " + looked + " has"));
    }

    private static Template template(Path folder, Configs configs) throws ModelException {
        Path unet = folder.resolve("unet/config.json");
        configs.requireFitting(unet);
        SchedulerConfig scheduler = SchedulerConfig.readNumbered(StableDiffusionFolder.scheduler(folder));
        ImageSize size = StableDiffusionSize.of(unet, configs.autoencoder().latents(), scheduler);
        return new Template(configs, scheduler, size);
    }

    private static Map<Part, Source> sources(Path file, StableDiffusionFamily family, Configs configs) {
        int levels = configs.autoencoder().channels().size();
        UNet2DConfig unet = configs.unet().unet();
        var autoencoder =
                new WeightNames(name -> WeightNames.Place.whole(OriginalNames.ofAutoencoder(name, levels)), List.of());
        var sources = new EnumMap<Part, Source>(Part.class);
        sources.put(
                Part.UNET,
                new Source(
                        file,
                        new WeightNames(
                                name -> WeightNames.Place.whole(OriginalNames.ofUNet(name, unet)),
                                List.of(OriginalNames.UNET))));
        sources.put(
                Part.VAE_ENCODER,
                new Source(file, new WeightNames(autoencoder.inFile(), prefixed(StableDiffusionFolder.ENCODER))));
        sources.put(
                Part.VAE_DECODER,
                new Source(file, new WeightNames(autoencoder.inFile(), prefixed(StableDiffusionFolder.DECODER))));
        List<Part> encoders = Stream.of(Part.TEXT_ENCODER, Part.TEXT_ENCODER_2)
                .limit(family.encoders())
                .toList();
        for (int i = 0; i < encoders.size(); i++) {
            sources.put(
                    encoders.get(i),
                    new Source(file, family.textNames(i, configs.texts().get(i))));
        }
        return sources;
    }

    private static List<String> prefixed(List<String> names) {
        return names.stream().map(OriginalNames.AUTOENCODER::concat).toList();
    }
}
