package dev.noisediffusion.app;

import dev.noisediffusion.export.ExportSettings;
import java.nio.file.Path;

/**
 * A file to be written.
 *
 * @param target its place
 * @param settings how it is written, its format included
 */
record FilmTarget(Path target, ExportSettings settings) {}
