package dev.noisediffusion.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.model.StableDiffusionWeights.Configs;
import dev.noisediffusion.tensor.Shape;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes that single files are read with are those of the published models: what is known of these is counted. */
class PublishedShapesTest {
    @TempDir
    Path temporary;

    /** Takes note of every weight that graphs ask for, by its name in the file. */
    private static final class Census extends WeightBook {
        private final WeightNames names;
        private final Set<String> inFile = new HashSet<>();
        private long values;

        Census(Safetensors file, WeightNames names) {
            super(file, names);
            this.names = names;
        }

        @Override
        Safetensors.Entry take(String name, int... dims) {
            Shape shape = Shape.of(dims);
            values += shape.size();
            inFile.add(names.inFile().apply(name).name());
            return new Safetensors.Entry(name, ElementType.F32, shape, 0, 4L * shape.size());
        }
    }

    /** Builds the graphs of some parts. */
    @FunctionalInterface
    private interface Build {
        void with(GraphBuilder graph) throws ModelException;
    }

    private Census count(WeightNames names, Build... builds) throws ModelException {
        Path none = SafetensorsFiles.write(temporary.resolve("none.safetensors"), ElementType.F32, Map.of());
        try (Safetensors file = Safetensors.open(none)) {
            var census = new Census(file, names);
            for (Build build : builds) {
                build.with(new GraphBuilder("census", census));
            }
            return census;
        }
    }

    private Census unet(Configs configs) throws ModelException {
        return count(
                WeightNames.OWN_FILE,
                graph -> UNet2DGraph.conditioned(configs.unet(), graph).build());
    }

    private Census text(StableDiffusionFamily family, Configs configs, int encoder) throws ModelException {
        ClipTextConfig config = configs.texts().get(encoder);
        return count(family.textNames(encoder, config), graph -> new ClipTextGraph(config, graph).build());
    }

    private Census autoencoder(Configs configs) throws ModelException {
        return count(
                WeightNames.OWN_FILE,
                graph -> new AutoencoderGraph(configs.autoencoder(), graph).buildEncoder(),
                graph -> new AutoencoderGraph(configs.autoencoder(), graph).buildDecoder());
    }

    /**
     * The published file of SDXL 1.0 has 2,515 tensors, all float16, in 6,937,675,890 bytes: 587 of the text encoders, among them
     * the logit scale and the positions from 0 to 76, which nothing needs; 248 of the autoencoder and 1,680 of the U-Net.
     */
    @Test
    void sdxlHasTheTensorsOfThePublishedFileToTheByte() throws ModelException {
        StableDiffusionFamily family = StableDiffusionFamily.XL;
        Configs configs = family.configs();
        configs.requireFitting(Path.of("unet.json"));
        Census unet = unet(configs);
        Census autoencoder = autoencoder(configs);
        Census first = text(family, configs, 0);
        Census second = text(family, configs, 1);
        assertEquals(1680, unet.inFile.size());
        assertEquals(248, autoencoder.inFile.size());
        assertEquals(587, first.inFile.size() + second.inFile.size() + 2);
        assertEquals(6_937_675_890L, 2 * (unet.values + autoencoder.values + first.values + second.values + 1 + 77));
    }

    /** Numbers of parameters as they are commonly given. */
    @Test
    void theOthersHaveTheParametersThatTheyAreKnownToHave() throws ModelException {
        Configs one = StableDiffusionFamily.ONE.configs();
        one.requireFitting(Path.of("unet.json"));
        assertEquals(859_520_964, unet(one).values);
        assertEquals(83_653_863, autoencoder(one).values);
        assertEquals(123_060_480, text(StableDiffusionFamily.ONE, one, 0).values);
        Configs two = StableDiffusionFamily.TWO.configs();
        two.requireFitting(Path.of("unet.json"));
        assertEquals(865_910_724, unet(two).values);
        assertEquals(340_387_840, text(StableDiffusionFamily.TWO, two, 0).values);
        assertEquals(2_567_463_684L, unet(StableDiffusionFamily.XL.configs()).values);
        assertEquals(694_659_840, text(StableDiffusionFamily.XL, StableDiffusionFamily.XL.configs(), 1).values);
    }

    /** In OpenCLIP's files of Stable Diffusion 2 the layer behind those that are read is there, and is not missed. */
    @Test
    void layersThatNothingReadsAreLeft() throws ModelException {
        StableDiffusionFamily family = StableDiffusionFamily.TWO;
        WeightNames names = family.textNames(0, family.configs().texts().getFirst());
        String blocks = "cond_stage_model.model.transformer.resblocks.";
        List<Boolean> own = List.of(
                names.own(blocks + "22.ln_1.weight"),
                names.own(blocks + "23.ln_1.weight"),
                names.own("cond_stage_model.model.text_projection"),
                names.own("cond_stage_model.model.ln_final.weight"),
                names.own("first_stage_model.quant_conv.weight"));
        assertEquals(List.of(true, false, false, true, false), own);
    }
}
