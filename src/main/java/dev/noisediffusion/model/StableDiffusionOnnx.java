package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.StudioManifest.ImageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Stable Diffusion model exported to ONNX: one folder with a {@code model.onnx} for each part, as the optimum tool
 * writes it, or, without the configurations beside the graphs, as older versions of the diffusers library did.
 *
 * @param latents of its autoencoder
 * @param imageSize of its pictures
 */
public record StableDiffusionOnnx(
        Path folder,
        LatentSpace latents,
        ImageSize imageSize,
        List<Listener> listeners,
        boolean silentNegative,
        SchedulerConfig scheduler,
        StudioManifest manifest)
        implements StableDiffusion {
    private static final String GRAPH = "model.onnx";

    /** What holds the weights beside a graph, as exports on the hub have it. */
    private static final List<String> WEIGHTS = List.of("model.onnx_data", "model.onnx.data", "weights.pb");

    private static final String SCHEDULER = "scheduler/scheduler_config.json";

    /** Pipelines whose network takes a mask or another picture as well; the legacy one for inpainting has an ordinary network. */
    private static final Pattern MORE_THAN_A_PICTURE = Pattern.compile("Inpaint(?!PipelineLegacy)|Pix2Pix|Upscale");

    /** Levels of the U-Net that does not say: it halves the latents' sides three times. */
    private static final int LEVELS = 4;

    /** Not where a part of it is only git's note, beside weights of the same model that were fetched. */
    static boolean isIn(Path folder) throws ModelException {
        Path unet = folder.resolve(Part.UNET.folder());
        return Files.exists(unet.resolve(GRAPH))
                && !(hasNotes(folder) && StableDiffusionFolder.isIn(folder) && UNet2DFolder.hasWeights(unet));
    }

    private static boolean hasNotes(Path folder) throws ModelException {
        for (Part part : Part.values()) {
            for (Path file : graphAndWeights(folder.resolve(part.folder()))) {
                if (GitNote.is(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Those of them that are in the folder of a part. */
    private static List<Path> graphAndWeights(Path home) {
        return Stream.concat(Stream.of(GRAPH), WEIGHTS.stream())
                .map(home::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    static StableDiffusionOnnx read(Path folder) throws ModelException {
        boolean two = Files.exists(folder.resolve(Part.TEXT_ENCODER_2.folder()));
        for (Part part : Part.values()) {
            if (part == Part.TEXT_ENCODER_2 && !two) {
                continue;
            }
            Path home = folder.resolve(part.folder());
            Path graph = home.resolve(GRAPH);
            if (!Files.isRegularFile(graph)) {
                throw ModelException.in(graph, "this part of a Stable Diffusion export", "no such file")
                        .as(ModelRefusal.MISSING_FILE.with(graph));
            }
            for (Path file : graphAndWeights(home)) {
                GitNote.requireFetched(file);
            }
        }
        Path tables = Neighbours.tokenizer(folder);
        SchedulerConfig scheduler = SchedulerConfig.readNumbered(folder.resolve(SCHEDULER));
        StudioManifest manifest = StudioManifest.of(folder);
        LatentSpace latents =
                LatentSpace.read(folder.resolve(Part.VAE_DECODER.folder()).resolve("config.json"));
        Path unet = folder.resolve(Part.UNET.folder()).resolve("config.json");
        ImageSize size = manifest.imageSize().isPresent()
                ? manifest.imageSize().get()
                : StableDiffusionSize.of(unet, latents, scheduler);
        StableDiffusionSize.requireFitting(folder, size, latents.factor() * multiple(unet));
        if (Files.exists(unet)) {
            StableDiffusionWeights.requireChannels(
                    unet, ConfigFile.read(unet).integer("in_channels", latents.channels()), latents.channels());
        } else {
            requirePicturesOnly(folder.resolve("model_index.json"));
        }
        return new StableDiffusionOnnx(
                folder,
                latents,
                size,
                listeners(
                        folder,
                        Tokenizer.of(folder, tables, padding(folder), vocabulary(folder, Part.TEXT_ENCODER)),
                        two),
                StableDiffusionFolder.isSilent(folder, two ? 2 : 1),
                scheduler,
                manifest);
    }

    /** A graph of free channels tells only as it runs how many it takes. */
    private static void requirePicturesOnly(Path index) throws ModelException {
        String pipeline = Files.exists(index) ? ConfigFile.read(index).text("_class_name", "") : "";
        if (MORE_THAN_A_PICTURE.matcher(pipeline).find()) {
            throw ModelException.in(index, "the pipeline of a model that takes only a picture", pipeline)
                    .as(ModelRefusal.MORE_THAN_A_PICTURE.with(index));
        }
    }

    /** An exported network can only double what it has halved, so that the latents' sides must halve evenly. */
    private static int multiple(Path config) throws ModelException {
        String field = "block_out_channels";
        int levels = LEVELS;
        if (Files.exists(config) && ConfigFile.read(config).isList(field)) {
            levels = ConfigFile.read(config).integers(field).size();
        }
        return 1 << Math.clamp(levels - 1, 0, 10);
    }

    /** Only the text encoder's activation is looked at: older exports have no configuration beside their graphs. */
    private static String padding(Path folder) throws ModelException {
        Path config = folder.resolve(Part.TEXT_ENCODER.folder()).resolve("config.json");
        String usual = "quick_gelu";
        boolean quickGelu = !Files.exists(config)
                || ConfigFile.read(config).text("hidden_act", usual).equals(usual);
        return StableDiffusionFolder.firstPadding(folder, quickGelu);
    }

    /** How many tokens a text encoder knows; any number where it does not say. */
    private static int vocabulary(Path folder, Part part) throws ModelException {
        Path config = folder.resolve(part.folder()).resolve("config.json");
        return Files.exists(config) ? ClipTextConfig.vocabulary(ConfigFile.read(config)) : Integer.MAX_VALUE;
    }

    private static List<Listener> listeners(Path folder, Tokenizer tokenizer, boolean two) throws ModelException {
        if (!two) {
            return List.of(Listener.only(tokenizer));
        }
        return Listener.both(
                tokenizer,
                textConfig(folder, Part.TEXT_ENCODER),
                StableDiffusionFolder.secondTokenizer(
                        folder, tokenizer.folder(), vocabulary(folder, Part.TEXT_ENCODER_2)),
                textConfig(folder, Part.TEXT_ENCODER_2));
    }

    private static ClipTextConfig textConfig(Path folder, Part part) throws ModelException {
        return ClipTextConfig.of(ConfigFile.read(folder.resolve(part.folder()).resolve("config.json")));
    }

    /** The graph of a part. */
    public Path graph(Part part) {
        return folder.resolve(part.folder()).resolve(GRAPH);
    }

    /**
     * The encoder's graph without the noise that older exports add to the mean; empty where it adds none.
     *
     * @throws ModelException if it cannot be read
     */
    public Optional<byte[]> encoderWithoutNoise() throws ModelException {
        return RandomNodes.replaced(graph(Part.VAE_ENCODER));
    }

    /** The graphs with the weights beside them, the tokenizer's tables and the scheduler. */
    @Override
    public List<Path> files() throws ModelException {
        var files = new ArrayList<Path>();
        for (Part part : parts()) {
            files.addAll(filesIn(folder.resolve(part.folder())));
        }
        for (Path tables : listeners.stream()
                .map(listener -> listener.tokenizer().folder())
                .distinct()
                .toList()) {
            // What else lies beside borrowed tables is the lender's own matter.
            files.addAll(tables.startsWith(folder) ? filesIn(tables) : ClipTokenizer.tablesIn(tables));
        }
        files.add(folder.resolve(SCHEDULER));
        return List.copyOf(files);
    }

    /** Hidden files are left out: file managers leave some of their own, such as {@code .DS_Store}. */
    private static List<Path> filesIn(Path folder) throws ModelException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw ModelException.failed(folder, "read", e);
        }
    }

    @Override
    public String describe() {
        return (listeners.size() > 1 ? "SDXL" : "Stable Diffusion") + ", exported to ONNX";
    }
}
