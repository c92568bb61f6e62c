package dev.noisediffusion.model;

import dev.noisediffusion.model.WeightNames.Place;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a text encoder's weights in OpenCLIP's files (Ilharco et al. 2021), by those of the transformers library:
 * queries, keys and values lie in one tensor, one below the other, and the projection has its sides the other way round.
 */
final class OpenClipNames {
    private static final Pattern LAYER = Pattern.compile("text_model\\.encoder\\.layers\\.(\\d+)\\.(.*)");
    private static final Pattern BLOCK = Pattern.compile(".*\\.resblocks\\.(\\d+)\\..*");
    private static final List<String> STACKED = List.of("q_proj", "k_proj", "v_proj");

    private OpenClipNames() {}

    static Place of(String prefix, String name) {
        Matcher layer = LAYER.matcher(name);
        if (layer.matches()) {
            return inLayer(prefix + "transformer.resblocks." + layer.group(1) + ".", layer.group(2));
        }
        return switch (name) {
            case "text_model.embeddings.token_embedding.weight" -> Place.whole(prefix + "token_embedding.weight");
            case "text_model.embeddings.position_embedding.weight" -> Place.whole(prefix + "positional_embedding");
            case ClipTextGraph.PROJECTION -> new Place(prefix + "text_projection", 0, 1, true);
            default -> Place.whole(prefix + name.replace("text_model.final_layer_norm", "ln_final"));
        };
    }

    private static Place inLayer(String home, String name) {
        for (int part = 0; part < STACKED.size(); part++) {
            String stacked = "self_attn." + STACKED.get(part) + ".";
            if (name.startsWith(stacked)) {
                return new Place(
                        home + "attn.in_proj_" + name.substring(stacked.length()), part, STACKED.size(), false);
            }
        }
        return Place.whole(home
                + name.replace("self_attn.", "attn.")
                        .replace("layer_norm1", "ln_1")
                        .replace("layer_norm2", "ln_2")
                        .replace("mlp.fc1", "mlp.c_fc")
                        .replace("mlp.fc2", "mlp.c_proj"));
    }

    /** Whether nothing needs a weight: what training needed, and layers behind those that are read. */
    static boolean isUnused(String nameInFile, ClipTextConfig config) {
        Matcher block = BLOCK.matcher(nameInFile);
        return nameInFile.endsWith("logit_scale")
                || nameInFile.endsWith("attn_mask")
                || (config.projection().isEmpty() && nameInFile.contains(".text_projection"))
                || (block.matches() && Integer.parseInt(block.group(1)) >= config.layers());
    }
}
