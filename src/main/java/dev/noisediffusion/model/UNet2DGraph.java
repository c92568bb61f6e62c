package dev.noisediffusion.model;

import dev.noisediffusion.model.UNet2DConfig.Block;
import dev.noisediffusion.model.UNet2DConfig.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Builds the ONNX graph of a UNet2DModel: inputs {@code sample} [N, C, H, W] float32 and {@code timestep} [1] int64, or
 * float32 for a network with preconditioning,
 * output {@code out_sample} like the sample; N, H and W are free. The architecture is that of Ho et al. 2020 with the
 * options of Dhariwal and Nichol 2021; the weights' names are the diffusers library's, old attention names included.
 */
public final class UNet2DGraph {
    /** Names of the graph's inputs and output. */
    public static final String SAMPLE = "sample";

    public static final String TIMESTEP = "timestep";
    public static final String OUT_SAMPLE = "out_sample";

    /** Output of the graph that ends in the middle: what the middle block gives, [N, C, h, w]. */
    public static final String BOTTLENECK = "bottleneck";

    static final String WORDS = "encoder_hidden_states";

    /** Counts the ways of building, so that cached graphs of an older way are not taken for new ones. */
    static final int VERSION = 1;

    private final UNet2DConfig config;
    private final GraphBuilder graph;
    private final Layers layers;
    private final UNetBlocks blocks;
    private final Optional<ConditionedUNetConfig> listening;
    private final ElementType timeType;

    /** The input with the words, once it is declared. */
    private String words = "";

    private UNet2DGraph(
            UNet2DConfig config, Optional<ConditionedUNetConfig> listening, ElementType timeType, GraphBuilder graph) {
        this.config = config;
        this.listening = listening;
        this.timeType = timeType;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.blocks = new UNetBlocks(
                UNetBlocks.Style.of(
                        config, listening.flatMap(ConditionedUNetConfig::added).isPresent()),
                graph);
    }

    static UNet2DGraph of(UNet2DConfig config, GraphBuilder graph) {
        return new UNet2DGraph(config, Optional.empty(), ElementType.I64, graph);
    }

    /**
     * The graph of a UNet2DConditionModel, in which a transformer stands for every attention. It has one input more:
     * {@code encoder_hidden_states} [N, tokens, width of words]; that of SDXL two more, {@code text_embeds} [N, width] and
     * {@code time_ids} [N, 6].
     */
    static UNet2DGraph conditioned(ConditionedUNetConfig config, GraphBuilder graph) {
        return new UNet2DGraph(config.unet(), Optional.of(config), ElementType.I64, graph);
    }

    /**
     * Writes the graph and its weights into a folder.
     *
     * @throws ModelException if a weight is missing, left over or of another shape than the configuration implies
     */
    static void write(UNet2DFolder model, Precision precision, Path folder) throws ModelException, IOException {
        try (Safetensors weights = Safetensors.open(model.weights())) {
            var graph = new GraphBuilder("UNet2DModel", new WeightBook(weights), precision);
            ElementType time = model.scheduler().sigmas().isPresent() ? ElementType.F32 : ElementType.I64;
            new UNet2DGraph(model.config(), Optional.empty(), time, graph).build();
            graph.write(folder);
        }
    }

    /**
     * Writes the first half of the graph and its weights into a folder: the way down and the middle block, with
     * {@link #BOTTLENECK} as its output.
     *
     * @throws ModelException if a weight is missing or of another shape than the configuration implies
     */
    static void writeBottleneck(UNet2DFolder model, Path folder) throws ModelException, IOException {
        try (Safetensors weights = Safetensors.open(model.weights())) {
            var graph = new GraphBuilder("UNet2DModel bottleneck", new WeightBook(weights));
            of(model.config(), graph).buildBottleneck();
            graph.writePart(folder);
        }
    }

    private void buildBottleneck() throws ModelException {
        var skips = new ArrayDeque<Skip>();
        Middle middle = toMiddle(skips);
        int channels = config.levels().getLast().channels();
        graph.output(BOTTLENECK, graph.widened(middle.value()), ElementType.F32, "N", channels, "h", "w");
    }

    void build() throws ModelException {
        var skips = new ArrayDeque<Skip>();
        Middle middle = toMiddle(skips);
        int first = config.levels().getFirst().channels();
        String x = up(middle.value(), middle.time(), skips);
        x = layers.silu(layers.groupNorm(x, "conv_norm_out", first, config.groups(), config.epsilon()));
        x = layers.conv3x3(x, "conv_out", first, config.outChannels());
        graph.output(OUT_SAMPLE, graph.widened(x), ElementType.F32, "N", config.outChannels(), "H", "W");
    }

    /** What the middle block gives, and the embedding of the timestep that the way up needs again. */
    private record Middle(String value, String time) {}

    private Middle toMiddle(Deque<Skip> skips) throws ModelException {
        String sample = graph.narrowed(graph.input(SAMPLE, ElementType.F32, "N", config.inChannels(), "H", "W"));
        String time = new TimestepGraph(config.time(), listening.flatMap(ConditionedUNetConfig::added), graph)
                .embedding(graph.input(TIMESTEP, timeType, 1));
        if (listening.isPresent()) {
            words = graph.narrowed(graph.input(
                    WORDS, ElementType.F32, "N", "T", listening.get().wordWidth()));
        }
        if (config.centerInput()) {
            sample = graph.node("Sub", graph.node("Mul", sample, graph.scalar(2)), graph.scalar(1));
        }
        int first = config.levels().getFirst().channels();
        String x = layers.conv3x3(sample, "conv_in", config.inChannels(), first);
        skips.push(new Skip(x, first));
        x = down(x, time, skips);
        return new Middle(middle(x, time), time);
    }

    /** A value on the way down that the way up takes again. */
    private record Skip(String value, int channels) {}

    private String down(String start, String time, Deque<Skip> skips) throws ModelException {
        String x = start;
        int in = config.levels().getFirst().channels();
        for (int i = 0; i < config.levels().size(); i++) {
            Level level = config.levels().get(i);
            String key = "down_blocks." + i;
            for (int j = 0; j < config.layersPerBlock(); j++) {
                x = layer(x, time, key, j, in, i, level.down());
                in = level.channels();
                skips.push(new Skip(x, in));
            }
            if (i < config.levels().size() - 1) {
                String sampler = key + ".downsamplers.0";
                x = level.down().resnetResampling()
                        ? blocks.resnet(x, time, sampler, in, in, 1, UNetBlocks.Resize.HALVE)
                        : layers.downsample(x, sampler + ".conv", in, config.downsamplePadding());
                skips.push(new Skip(x, in));
            }
        }
        return x;
    }

    private String middle(String start, String time) throws ModelException {
        int channels = config.levels().getLast().channels();
        double scale = config.middle().scale();
        String x = blocks.resnet(start, time, "mid_block.resnets.0", channels, channels, scale, UNetBlocks.Resize.KEEP);
        if (config.middle().attention()) {
            int coarsest = config.levels().size() - 1;
            x = attention(x, "mid_block.attentions.0", coarsest, config.middle().attentionGroups(), scale);
        }
        return blocks.resnet(x, time, "mid_block.resnets.1", channels, channels, scale, UNetBlocks.Resize.KEEP);
    }

    private String up(String start, String time, Deque<Skip> skips) throws ModelException {
        String x = start;
        int in = config.levels().getLast().channels();
        for (int i = 0; i < config.levels().size(); i++) {
            int fromFinest = config.levels().size() - 1 - i;
            Level level = config.levels().get(fromFinest);
            String key = "up_blocks." + i;
            for (int j = 0; j <= config.layersPerBlock(); j++) {
                Skip skip = skips.pop();
                x = layer(layers.concat(x, skip.value()), time, key, j, in + skip.channels(), fromFinest, level.up());
                in = level.channels();
            }
            if (i < config.levels().size() - 1) {
                String sampler = key + ".upsamplers.0";
                x = level.up().resnetResampling()
                        ? blocks.resnet(x, time, sampler, in, in, 1, UNetBlocks.Resize.DOUBLE)
                        : layers.conv3x3(enlarged(x, skips), sampler + ".conv", in, in);
            }
        }
        return x;
    }

    /** Networks that listen take sides that do not halve evenly: these come back to those of the way down. */
    private String enlarged(String x, Deque<Skip> skips) {
        return listening.isPresent() ? layers.upsampleTo(x, skips.element().value()) : layers.upsample(x);
    }

    private String layer(String x, String time, String key, int index, int in, int level, Block block)
            throws ModelException {
        int out = config.levels().get(level).channels();
        String y = blocks.resnet(x, time, key + ".resnets." + index, in, out, 1, UNetBlocks.Resize.KEEP);
        return block.attention()
                ? attention(y, key + ".attentions." + index, level, OptionalInt.of(config.groups()), 1)
                : y;
    }

    private String attention(String x, String key, int level, OptionalInt groups, double scale) throws ModelException {
        int channels = config.levels().get(level).channels();
        if (listening.isEmpty()) {
            return blocks.attention(x, key, channels, groups, scale);
        }
        ConditionedUNetConfig listener = listening.get();
        var attention = new TransformerBlocks.Attention(
                channels, listener.wordWidth(), listener.heads().get(level));
        return new TransformerBlocks(graph)
                .spatial(
                        x,
                        words,
                        key,
                        attention,
                        config.groups(),
                        listener.depths().get(level));
    }
}
