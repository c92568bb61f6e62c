package dev.noisediffusion.ui.viewmodel;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture that a project names and that was not found.
 *
 * @param name for people
 * @param sha256 of its size and pixels
 * @param lastSeen where it used to be, if that is known
 * @param expected where it should lie as seen from the project, if the project says so
 */
record MissingPicture(String name, String sha256, Optional<Path> lastSeen, Optional<Path> expected) {}
