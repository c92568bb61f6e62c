package dev.noisediffusion.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.noisediffusion.image.Crop;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A project as it lies in a {@code .morph} file. A versioned document, apart from the objects it is made of, so that
 * these may change. What a document lacks has its default, what a version does not know it leaves out.
 *
 * @param format always {@value #FORMAT}
 * @param version of this document, now {@value #VERSION}
 * @param application that wrote it
 * @param model that was in use; absent if none was
 * @param slots of the pictures, in order
 * @param values of the parameters
 * @param kept settings to be compared, by letter
 * @param playback how the film is played; absent for the studio's own way
 * @param comparison what is compared; absent for as it was
 * @param embedding whether every picture is put inside the file
 * @param origin the project that an autosaved document belongs to, as a path; absent in projects themselves
 * @param originHash of that project's file as the work had read or written it last, SHA-256 in hex; absent if it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProjectDocument(
        String format,
        int version,
        String application,
        @Nullable Model model,
        List<Slot> slots,
        ParameterValues values,
        Map<String, ParameterValues> kept,
        @Nullable Playback playback,
        @Nullable Comparison comparison,
        boolean embedding,
        @Nullable String origin,
        @Nullable String originHash) {
    public static final String FORMAT = "noisediffusion-project";
    public static final int VERSION = 1;

    /** Fills in what a document lacks. */
    public ProjectDocument(
            @Nullable String format,
            int version,
            @Nullable String application,
            @Nullable Model model,
            @Nullable List<Slot> slots,
            @Nullable ParameterValues values,
            @Nullable Map<String, ParameterValues> kept,
            @Nullable Playback playback,
            @Nullable Comparison comparison,
            boolean embedding,
            @Nullable String origin,
            @Nullable String originHash) {
        this.format = format == null ? "" : format;
        this.version = version;
        this.application = application == null ? "" : application;
        this.model = model;
        this.slots = slots == null ? List.of() : List.copyOf(slots);
        this.values = values == null ? new ParameterValues(null, null, null) : values;
        this.kept = kept == null ? Map.of() : Map.copyOf(kept);
        this.playback = playback;
        this.comparison = comparison;
        this.embedding = embedding;
        this.origin = origin;
        this.originHash = originHash;
    }

    /**
     * The model that was in use.
     *
     * @param name for people
     * @param id content hash
     * @param folder where it lay
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Model(String name, String id, @Nullable String folder) {
        public Model(@Nullable String name, @Nullable String id, @Nullable String folder) {
            this.name = name == null ? "" : name;
            this.id = id == null ? "" : id;
            this.folder = folder;
        }
    }

    /**
     * A slot.
     *
     * @param picture absent if it is empty
     * @param crop the part that is used
     * @param segment what lies behind the picture on the path; absent if nothing was set there
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Slot(
            @Nullable PictureFile picture,

            @JsonSerialize(using = CropJson.Writer.class) @JsonDeserialize(using = CropJson.Reader.class)
            Crop crop,

            @Nullable SegmentDocument segment) {
        public Slot(@Nullable PictureFile picture, @Nullable Crop crop, @Nullable SegmentDocument segment) {
            this.picture = picture;
            this.crop = crop == null ? Crop.CENTER : crop;
            this.segment = segment;
        }
    }

    /**
     * A picture by name and content, and where to find it.
     *
     * @param name usually the file's
     * @param sha256 of its size and pixels, before the crop
     * @param path absolute; absent if it was never in a file
     * @param relative from the folder of the project, with slashes; absent where there is no such path
     * @param png the picture itself as a PNG file in Base64; absent if the project only refers to it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PictureFile(
            String name,
            String sha256,
            @Nullable String path,
            @Nullable String relative,
            @Nullable String png) {
        public PictureFile(
                @Nullable String name,
                @Nullable String sha256,
                @Nullable String path,
                @Nullable String relative,
                @Nullable String png) {
            this.name = name == null ? "" : name;
            this.sha256 = sha256 == null ? "" : sha256;
            this.path = path;
            this.relative = relative;
            this.png = png;
        }
    }

    /**
     * How the film is played.
     *
     * @param fps frames a second
     * @param mode ONCE, LOOP or PING_PONG
     */
    public record Playback(int fps, String mode) {
        public Playback(int fps, @Nullable String mode) {
            this.fps = fps;
            this.mode = mode == null ? "" : mode;
        }
    }

    /**
     * What is compared, by the names of their constants; one that is not known leaves its choice as it is.
     *
     * @param mode such as WIPE
     * @param left such as CURRENT
     * @param right such as SLERP
     */
    public record Comparison(String mode, String left, String right) {
        public Comparison(@Nullable String mode, @Nullable String left, @Nullable String right) {
            this.mode = mode == null ? "" : mode;
            this.left = left == null ? "" : left;
            this.right = right == null ? "" : right;
        }
    }
}
