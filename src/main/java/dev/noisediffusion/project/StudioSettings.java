package dev.noisediffusion.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
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
 * @param fps of playback, frames a second, 1 to 60
 * @param window where it stood; absent before the first session
 * @param panes their sizes; absent before the first session
 * @param recentProjects paths, the one used last first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StudioSettings(
        int version,
        String theme,
        String language,
        String device,
        boolean offline,
        boolean artifactMarks,
        int fps,
        @Nullable Place window,
        @Nullable Panes panes,
        List<String> recentProjects) {
    public static final int VERSION = 1;
    public static final StudioSettings DEFAULT =
            new StudioSettings(VERSION, "SYSTEM", "SYSTEM", "auto", false, false, 12, null, null, List.of());

    /** A document may lack anything: each missing value is its default. */
    public StudioSettings(
            int version,
            @Nullable String theme,
            @Nullable String language,
            @Nullable String device,
            boolean offline,
            boolean artifactMarks,
            int fps,
            @Nullable Place window,
            @Nullable Panes panes,
            @Nullable List<String> recentProjects) {
        this.version = version;
        this.theme = theme == null ? "SYSTEM" : theme;
        this.language = language == null ? "SYSTEM" : language;
        this.device = device == null || device.isBlank() ? "auto" : device;
        this.offline = offline;
        this.artifactMarks = artifactMarks;
        this.fps = fps < 1 || fps > 60 ? 12 : fps;
        this.window = window;
        this.panes = panes;
        this.recentProjects = recentProjects == null ? List.of() : List.copyOf(recentProjects);
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
