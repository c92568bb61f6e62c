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
 * @param rival the comparison's frames to set beside them, as many; empty for none
 * @param captions the names of the two films where they are side by side
 * @param request what the frames were rendered from, to be written into the file
 * @param model what they were rendered with
 */
public record ExportRequest(
        Path target,
        ExportSettings settings,
        List<Picture> frames,
        List<Picture> rival,
        List<String> captions,
        MorphRequest request,
        Recipe.Model model) {
    public ExportRequest {
        frames = List.copyOf(frames);
        rival = List.copyOf(rival);
        captions = List.copyOf(captions);
    }

    /** One picture as a PNG with its recipe: a sheet of one frame is that frame. */
    static ExportRequest still(
            Path target, Picture picture, int sizeMultiple, MorphRequest request, Recipe.Model model) {
        var settings = ExportSettings.defaults(FilmFormat.CONTACT_SHEET).withSizeMultiple(sizeMultiple);
        return new ExportRequest(target, settings, List.of(picture), List.of(), List.of(), request, model);
    }

    public boolean isSideBySide() {
        return !rival.isEmpty();
    }
}
