package dev.noisediffusion.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the studio remembers of its user from one session to the next. A versioned document; what a version does not
 * know it leaves out.
 *
 * @param version of this document, now {@value #VERSION}
 * @param theme SYSTEM, DARK or LIGHT
 * @param language SYSTEM or the name of a language
 * @param device where networks run: auto, cpu, cuda, or the address of a model on a server
 * @param offline whether no models are downloaded
 * @param artifactMarks whether frames are marked with the scores of an artifact critic
 * @param hintsHidden whether settings do not say beneath them what they do
 * @param fps of playback, frames a second, 1 to 60
 * @param window where it stood; absent before the first session
 * @param panes their sizes; absent before the first session
 * @param recentProjects paths, the one used last first
 * @param export the choices that were exported with last; absent before the first export
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StudioSettings(
        int version,
        String theme,
        String language,
        String device,
        boolean offline,
        boolean artifactMarks,
        boolean hintsHidden,
        int fps,
        @Nullable Place window,
        @Nullable Panes panes,
        List<String> recentProjects,
        @Nullable Export export) {
    public static final int VERSION = 1;
    /** More projects are not remembered. */
    public static final int MOST_RECENT = 10;

    public static final StudioSettings DEFAULT = new StudioSettings(
            VERSION, "SYSTEM", "SYSTEM", "auto", false, false, false, 12, null, null, List.of(), null);

    /** A document may lack anything: each missing value is its default. */
    public StudioSettings(
            int version,
            @Nullable String theme,
            @Nullable String language,
            @Nullable String device,
            boolean offline,
            boolean artifactMarks,
            boolean hintsHidden,
            int fps,
            @Nullable Place window,
            @Nullable Panes panes,
            @Nullable List<String> recentProjects,
            @Nullable Export export) {
        this.version = version;
        this.theme = theme == null ? "SYSTEM" : theme;
        this.language = language == null ? "SYSTEM" : language;
        this.device = device == null || device.isBlank() ? "auto" : device;
        this.offline = offline;
        this.artifactMarks = artifactMarks;
        this.hintsHidden = hintsHidden;
        this.fps = fps < 1 || fps > 60 ? 12 : fps;
        this.window = window;
        this.panes = panes;
        this.recentProjects = recentProjects == null ? List.of() : List.copyOf(recentProjects);
        this.export = export;
    }

    /**
     * These settings of one window, where others have saved theirs meanwhile: what this window has not changed is as they have it.
     *
     * @param before as this window saved them last, or began with
     * @param theirs as they were saved last
     */
    StudioSettings over(StudioSettings before, StudioSettings theirs) {
        return new StudioSettings(
                VERSION,
                own(theme, before.theme, theirs.theme),
                own(language, before.language, theirs.language),
                own(device, before.device, theirs.device),
                offline == before.offline ? theirs.offline : offline,
                artifactMarks == before.artifactMarks ? theirs.artifactMarks : artifactMarks,
                hintsHidden == before.hintsHidden ? theirs.hintsHidden : hintsHidden,
                fps == before.fps ? theirs.fps : fps,
                own(window, before.window, theirs.window),
                own(panes, before.panes, theirs.panes),
                recentProjects.equals(before.recentProjects)
                        ? theirs.recentProjects
                        : recent(recentProjects, theirs.recentProjects),
                own(export, before.export, theirs.export));
    }

    /** All that is new of ours is the first, the project used last. */
    private static List<String> recent(List<String> ours, List<String> theirs) {
        return Stream.concat(ours.stream().limit(1), Stream.concat(theirs.stream(), ours.stream()))
                .distinct()
                .limit(MOST_RECENT)
                .toList();
    }

    private static <T> @Nullable T own(@Nullable T ours, @Nullable T before, @Nullable T theirs) {
        return Objects.equals(ours, before) ? theirs : ours;
    }

    /**
     * How a film was exported. What is absent is as the studio has it, and so is what is not known or cannot be used.
     *
     * @param formats names of the formats that were ticked
     * @param contents names of what the films showed
     * @param scale multiple of the model's size
     * @param quality 0 to 100
     * @param repeats passes in a video
     * @param folder path of the folder that the films went to
     */
    public record Export(
            List<String> formats,
            List<String> contents,
            @Nullable Integer scale,
            @Nullable Integer quality,
            @Nullable Integer repeats,
            @Nullable String folder) {
        /** A document may lack anything. */
        public Export(
                @Nullable List<String> formats,
                @Nullable List<String> contents,
                @Nullable Integer scale,
                @Nullable Integer quality,
                @Nullable Integer repeats,
                @Nullable String folder) {
            this.formats = formats == null ? List.of() : List.copyOf(formats);
            this.contents = contents == null ? List.of() : List.copyOf(contents);
            this.scale = scale;
            this.quality = quality;
            this.repeats = repeats;
            this.folder = folder;
        }
    }

    /**
     * Sizes of panes, in the units of the screen.
     *
     * @param pictures width
     * @param settings width
     * @param film height
     * @param health whether the noise health is unfolded
     */
    public record Panes(double pictures, double settings, double film, boolean health) {}

    /**
     * Place of a window, in the units of the screen.
     *
     * @param maximized whether it filled the screen; the other numbers then say what it goes back to
     */
    public record Place(double x, double y, double width, double height, boolean maximized) {}
}
