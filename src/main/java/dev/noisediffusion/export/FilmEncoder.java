package dev.noisediffusion.export;

import java.io.IOException;
import java.nio.file.Path;

/** Turns spooled frames into a file or folder of one format. */
@FunctionalInterface
interface FilmEncoder {
    /** The finished file or folder, inside the film's work folder. */
    Path encode(Film film) throws IOException;

    static FilmEncoder of(FilmFormat format) {
        return switch (format) {
            case MP4 -> Mp4Encoder::encode;
            case WEBM -> WebmEncoder::encode;
            case GIF -> GifEncoder::encode;
            case WEBP -> WebpEncoder::encode;
            case APNG -> ApngEncoder::encode;
            case PNG_SEQUENCE -> PngSequenceEncoder::encode;
            case CONTACT_SHEET -> ContactSheet::encode;
        };
    }
}
