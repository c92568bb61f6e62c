package dev.noisediffusion.model;

import java.util.OptionalInt;

/**
 * The shape of a CLIPTextModel.
 *
 * @param width of the embeddings
 * @param inner width within the feed-forward layers
 * @param layers number of them
 * @param heads of each attention
 * @param vocabulary number of tokens
 * @param quickGelu whether the activation is the quick approximation, as in Stable Diffusion 1
 * @param projection width of the embedding of the whole prompt, where there is one
 */
record ClipTextConfig(
        int width, int inner, int layers, int heads, int vocabulary, boolean quickGelu, OptionalInt projection) {
    private static final int MAX_WIDTH = 65_536;
    private static final int MAX_LAYERS = 256;

    static ClipTextConfig of(ConfigFile config) throws ModelException {
        config.requireText("model_type", "clip_text_model");
        String activation = config.text("hidden_act", "quick_gelu");
        if (!activation.equals("quick_gelu") && !activation.equals("gelu")) {
            throw config.refuse("hidden_act", "\"quick_gelu\" or \"gelu\"", "\"" + activation + "\"");
        }
        if (config.positive("max_position_embeddings", ClipTokenizer.LENGTH) != ClipTokenizer.LENGTH) {
            throw config.refuse(
                    "max_position_embeddings",
                    "" + ClipTokenizer.LENGTH,
                    "" + config.positive("max_position_embeddings", 1));
        }
        var read = new ClipTextConfig(
                config.atMost("hidden_size", 512, MAX_WIDTH),
                config.atMost("intermediate_size", 2048, 4 * MAX_WIDTH),
                config.atMost("num_hidden_layers", 12, MAX_LAYERS),
                config.atMost("num_attention_heads", 8, MAX_WIDTH),
                vocabulary(config),
                activation.equals("quick_gelu"),
                projection(config));
        if (read.width % read.heads != 0) {
            throw config.refuse("num_attention_heads", "a divisor of hidden_size, " + read.width, "" + read.heads);
        }
        return read;
    }

    /** The number of tokens alone, of a configuration that may be unsound elsewhere. */
    static int vocabulary(ConfigFile config) throws ModelException {
        return config.atMost("vocab_size", 49408, 1 << 24);
    }

    private static OptionalInt projection(ConfigFile config) throws ModelException {
        boolean projects =
                config.isList("architectures") && config.texts("architectures").contains("CLIPTextModelWithProjection");
        return projects ? OptionalInt.of(config.atMost("projection_dim", 512, MAX_WIDTH)) : OptionalInt.empty();
    }

    /** The output with the states before the last layer, which SDXL listens to. */
    String penultimate() {
        return ClipTextGraph.STATES + (layers - 1);
    }
}
