package dev.noisediffusion.model;

import dev.noisediffusion.model.StableDiffusionWeights.Configs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The families of Stable Diffusion that come in one file of the original layout, by the names of their text encoders. */
enum StableDiffusionFamily {
    ONE("stable-diffusion-1", "Stable Diffusion 1", 512, "cond_stage_model.transformer.", ""),
    /** As NovelAI and what was made of it write it, with shorter names of the text encoder's weights. */
    ONE_SHORT("stable-diffusion-1", "Stable Diffusion 1", 512, "cond_stage_model.transformer.", ""),
    TWO("stable-diffusion-2", "Stable Diffusion 2", 512, "cond_stage_model.model.", ""),
    /** Predicts epsilon, as its only model does; SDXL's refiner has the same names. */
    TWO_TURBO("stable-diffusion-2", "Stable Diffusion 2.1 Turbo", 512, "conditioner.embedders.0.model.", ""),
    XL("stable-diffusion-xl", "SDXL", 1024, "conditioner.embedders.0.transformer.", "conditioner.embedders.1.model.");

    private static final String OPEN_CLIP = ".model.";
    private static final String TEXT_MODEL = "text_model.";
    private static final String TOKENS = TEXT_MODEL + "embeddings.token_embedding.weight";
    private static final String END_OF_TEXT = "<|endoftext|>";
    private static final String EXCLAMATION = "!";

    private final String resources;
    private final String title;
    private final int side;
    private final String first;
    private final String second;

    StableDiffusionFamily(String resources, String title, int side, String first, String second) {
        this.resources = resources;
        this.title = title;
        this.side = side;
        this.first = first;
        this.second = second;
    }

    /** The family whose text encoders a file has. */
    static Optional<StableDiffusionFamily> of(Map<String, Safetensors.Entry> entries) {
        for (StableDiffusionFamily family : values()) {
            if (family.prefixes().stream()
                    .allMatch(prefix ->
                            entries.containsKey(family.place(prefix, TOKENS).name()))) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    private List<String> prefixes() {
        return second.isEmpty() ? List.of(first) : List.of(first, second);
    }

    private WeightNames.Place place(String prefix, String name) {
        if (prefix.endsWith(OPEN_CLIP)) {
            return OpenClipNames.of(prefix, name);
        }
        String own = this == ONE_SHORT && name.startsWith(TEXT_MODEL) ? name.substring(TEXT_MODEL.length()) : name;
        return WeightNames.Place.whole(prefix + own);
    }

    String title() {
        return title;
    }

    /** The usual side of its pictures, in pixels. */
    int side() {
        return side;
    }

    /** The names of the weights of a text encoder, from 0. */
    WeightNames textNames(int encoder, ClipTextConfig config) {
        String prefix = prefixes().get(encoder);
        return new WeightNames(name -> place(prefix, name), List.of(prefix))
                .without(name -> OpenClipNames.isUnused(name, config));
    }

    /** What a text encoder's tokenizer fills prompts up with: CLIP's own repeats the end, OpenCLIP's has {@code !}, the token 0. */
    String padding(int encoder) {
        return prefixes().get(encoder).endsWith(OPEN_CLIP) ? EXCLAMATION : END_OF_TEXT;
    }

    int encoders() {
        return prefixes().size();
    }

    /** The shapes of its usual models. */
    Configs configs() throws ModelException {
        var texts = new ArrayList<ClipTextConfig>();
        for (String part : List.of("text_encoder", "text_encoder_2").subList(0, encoders())) {
            texts.add(ClipTextConfig.of(builtIn(part)));
        }
        return new Configs(
                ConditionedUNetConfig.of(builtIn("unet")), AutoencoderConfig.of(builtIn("vae")), texts, List.of());
    }

    ConfigFile scheduler() throws ModelException {
        return builtIn("scheduler");
    }

    private ConfigFile builtIn(String part) throws ModelException {
        return ConfigFile.ofResource(resources + "/" + part + ".json");
    }
}
