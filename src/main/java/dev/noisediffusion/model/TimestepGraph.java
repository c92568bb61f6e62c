package dev.noisediffusion.model;

import dev.noisediffusion.model.ConditionedUNetConfig.Added;
import java.util.Optional;

/** The part of a U-Net that tells all its blocks how much noise there is, and, in SDXL, what the whole picture is. */
final class TimestepGraph {
    private static final String WHOLE_PROMPT = "text_embeds";
    private static final String SIZES = "time_ids";

    private final UNet2DConfig.TimeEmbedding time;
    private final Optional<Added> added;
    private final GraphBuilder graph;
    private final Layers layers;

    TimestepGraph(UNet2DConfig.TimeEmbedding time, Optional<Added> added, GraphBuilder graph) {
        this.time = time;
        this.added = added;
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    /** Sines and cosines (Vaswani et al. 2017) through two layers, then the SiLU that every block begins with. */
    String embedding(String timestep) throws ModelException {
        int half = time.channels() / 2;
        float[] frequencies = frequencies(half);
        String t = graph.cast(timestep, ElementType.F32);
        String waves = waves(graph.node("Reshape", t, graph.constant(1, 1)), frequencies);
        if (time.channels() % 2 == 1) {
            waves = layers.concat(waves, graph.constant(new float[1], 1, 1));
        }
        String x = layers.linear(graph.narrowed(waves), "time_embedding.linear_1", time.channels(), time.width());
        String embedded = layers.linear(layers.silu(x), "time_embedding.linear_2", time.width(), time.width());
        return layers.silu(added.isPresent() ? graph.node("Add", embedded, addition(added.get())) : embedded);
    }

    private float[] frequencies(int count) {
        var frequencies = new float[count];
        for (int i = 0; i < count; i++) {
            frequencies[i] = (float) Math.exp(-Math.log(10_000) * i / (count - time.freqShift()));
        }
        return frequencies;
    }

    /** Of a column of numbers, their sines and cosines side by side. */
    private String waves(String column, float[] frequencies) {
        String angles = graph.node("Mul", column, graph.constant(frequencies, 1, frequencies.length));
        String sines = graph.node("Sin", angles);
        String cosines = graph.node("Cos", angles);
        return time.cosinesFirst() ? layers.concat(cosines, sines) : layers.concat(sines, cosines);
    }

    /** The whole prompt and the sizes as an embedding of their own (Podell et al. 2023, section 2.2). */
    private String addition(Added extra) throws ModelException {
        String prompt = graph.narrowed(graph.input(WHOLE_PROMPT, ElementType.F32, "N", extra.promptWidth()));
        String sizes = graph.input(SIZES, ElementType.F32, "N", Added.SIZES);
        String column = graph.node("Reshape", sizes, graph.constant(-1, 1));
        String spread = graph.node(
                "Reshape",
                waves(column, frequencies(extra.sizeWidth() / 2)),
                graph.constant(-1, (long) Added.SIZES * extra.sizeWidth()));
        int width = time.width();
        String x = layers.linear(
                layers.concat(prompt, graph.narrowed(spread)), "add_embedding.linear_1", extra.width(), width);
        return layers.linear(layers.silu(x), "add_embedding.linear_2", width, width);
    }
}
