package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.morph.MorphRequest;
import dev.noisediffusion.project.Recipe;
import java.nio.file.Path;
import java.util.List;

/**
 * A film to be saved.
 *
 * @param target a file, or a folder for pictures
 * @param settings how
 * @param frames in order of time, once each; the playback of the settings says how they are played
 * @param rival frames of the film to the right of them, as many; empty for none
 * @param captions the names of the two films where they are side by side
 * @param request what the film was rendered from, to be written into the file; of two films the morph, or the left one where
 *     neither is
 * @param model what they were rendered with
 * @param mayReplace whether the user has said that the film takes the place of a file of its name
 */
public record ExportRequest(
        Path target,
        ExportSettings settings,
        List<Picture> frames,
        List<Picture> rival,
        List<String> captions,
        MorphRequest request,
        Recipe.Model model,
        boolean mayReplace) {
    public ExportRequest {
        frames = List.copyOf(frames);
        rival = List.copyOf(rival);
        captions = List.copyOf(captions);
    }

    /**
     * One picture as a PNG with its recipe: a sheet of one frame is that frame.
     *
     * @param target chosen in a dialog that asks before a file is replaced
     */
    static ExportRequest still(
            Path target, Picture picture, int sizeMultiple, MorphRequest request, Recipe.Model model) {
        var settings = ExportSettings.defaults(FilmFormat.CONTACT_SHEET).withSizeMultiple(sizeMultiple);
        return new ExportRequest(target, settings, List.of(picture), List.of(), List.of(), request, model, true);
    }

    public boolean isSideBySide() {
        return !rival.isEmpty();
    }
}
