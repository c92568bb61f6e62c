package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import java.util.List;

/** What a film shows. */
final class FilmPictures {
    private FilmPictures() {}

    /** The pictures in order of time; all have to be there. */
    static List<Picture> of(FilmstripViewModel film) {
        return film.cells().stream().map(cell -> cell.picture().orElseThrow()).toList();
    }
}
