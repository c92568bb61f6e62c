package dev.noisediffusion.project;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noisediffusion.image.Crop;
import dev.noisediffusion.morph.BoundaryPlacement;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Injection;
import dev.noisediffusion.morph.Masks;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseTravel;
import dev.noisediffusion.morph.Prompting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything needed to make a morph again, as it is written into exported files. A versioned document, apart from the
 * objects it is made of, so that these may change.
 *
 * @param format always {@value #FORMAT}
 * @param version of this document, now {@value #VERSION}
 * @param application that wrote it
 * @param model that made the frames
 * @param pictures in order
 * @param method as on the command line
 * @param noiseDiffusion the parameters of that method; absent for the others
 * @param path how the morph passes through the pictures; absent in recipes older than it
 * @param frames number of frames
 * @param steps of the whole schedule
 * @param signalLevel sqrt(abar) at the start of decoding
 * @param seed of the fresh noise
 * @param noiseTravel how that noise behaves from frame to frame
 * @param endpoints what is shown at the keyframes
 * @param prompting what the network was told in words; absent where nothing was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recipe(
        String format,
        int version,
        String application,
        Model model,
        List<PictureReference> pictures,
        MethodName method,
        @Nullable NoiseDiffusionParameters noiseDiffusion,
        @Nullable PathDocument path,
        int frames,
        int steps,
        double signalLevel,
        long seed,
        NoiseTravel noiseTravel,
        Endpoints endpoints,
        @Nullable Prompting prompting) {
    public static final String FORMAT = "noisediffusion-recipe";
    public static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    public Recipe {
        requireNonNull(format);
        requireNonNull(model);
        requireNonNull(method);
        requireNonNull(noiseTravel);
        requireNonNull(endpoints);
        pictures = List.copyOf(pictures);
    }

    /**
     * The model that made the frames.
     *
     * @param name for people
     * @param id content hash
     */
    public record Model(String name, String id) {
        public Model {
            requireNonNull(name);
            requireNonNull(id);
        }
    }

    /**
     * A picture by name and content.
     *
     * @param name usually the file's
     * @param sha256 of its size and pixels, before the crop
     * @param crop the part that was used
     */
    public record PictureReference(
            String name,
            String sha256,

            @JsonSerialize(using = CropJson.Writer.class) @JsonDeserialize(using = CropJson.Reader.class)
            Crop crop) {
        public PictureReference {
            requireNonNull(name);
            requireNonNull(sha256);
            requireNonNull(crop);
        }
    }

    /**
     * The parameters of NoiseDiffusion.
     *
     * @param gamma the lubricating coefficient
     * @param boundary absent for off
     * @param placement of the boundary
     * @param muGain injection of the odd keyframes
     * @param nuGain injection of the even keyframes
     * @param masks where in the frame these act more or less; absent where they do not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NoiseDiffusionParameters(
            double gamma,
            @Nullable Double boundary,
            BoundaryPlacement placement,
            double muGain,
            double nuGain,

            @JsonSerialize(using = MasksJson.Writer.class) @JsonDeserialize(using = MasksJson.Reader.class) @Nullable
            Masks masks) {
        public NoiseDiffusionParameters {
            requireNonNull(placement);
        }
    }

    /** The recipe of a request. */
    public static Recipe of(MorphRequest request, Model model, String application) {
        MorphSettings settings = request.settings();
        return new Recipe(
                FORMAT,
                VERSION,
                application,
                model,
                request.keyframes().stream()
                        .map(keyframe -> new PictureReference(
                                keyframe.name(), keyframe.picture().hash(), keyframe.crop()))
                        .toList(),
                MethodName.of(settings.method()),
                settings.method() instanceof NoiseDiffusion method ? parameters(method) : null,
                PathDocument.of(request.path()),
                settings.frames(),
                settings.steps(),
                settings.signalLevel(),
                settings.seed(),
                settings.noiseTravel(),
                settings.endpoints(),
                settings.prompting().equals(Prompting.NONE) ? null : settings.prompting());
    }

    private static NoiseDiffusionParameters parameters(NoiseDiffusion method) {
        return new NoiseDiffusionParameters(
                method.gamma(),
                Double.isInfinite(method.boundary()) ? null : method.boundary(),
                method.placement(),
                method.injection().muGain(),
                method.injection().nuGain(),
                method.masks().areNone() ? null : method.masks());
    }

    /** The settings to render the morph again with. */
    public MorphSettings settings() {
        return new MorphSettings(
                method.method(this::noiseDiffusionMethod),
                frames,
                steps,
                signalLevel,
                seed,
                noiseTravel,
                endpoints,
                prompting == null ? Prompting.NONE : prompting);
    }

    /** The path to render it along again. */
    public MorphPath morphPath() {
        return path == null ? MorphPath.STRAIGHT : path.path();
    }

    /** The same as values of parameters. */
    public ParameterValues values() {
        return ParameterValues.of(settings(), morphPath());
    }

    private NoiseDiffusion noiseDiffusionMethod() {
        NoiseDiffusionParameters p = noiseDiffusion;
        if (p == null) {
            throw new IllegalArgumentException("A recipe of NoiseDiffusion needs its parameters");
        }
        return new NoiseDiffusion(
                p.gamma(),
                p.boundary() == null ? Double.POSITIVE_INFINITY : p.boundary(),
                p.placement(),
                new Injection(p.muGain(), p.nuGain()),
                p.masks() == null ? Masks.NONE : p.masks());
    }

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    /** A recipe read back; empty if the text is not one that this version of the studio understands. */
    public static Optional<Recipe> parse(String json) {
        try {
            Recipe recipe = JSON.readValue(json, Recipe.class);
            if (recipe == null || !FORMAT.equals(recipe.format()) || recipe.version() > VERSION) {
                return Optional.empty();
            }
            // Settings and path that cannot be are refused here, and not where they are used.
            recipe.values();
            return Optional.of(recipe);
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
