package dev.noisediffusion.ui.viewmodel;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture that a project names and that was not found.
 *
 * @param name for people
 * @param sha256 of its size and pixels
 * @param lastSeen where it used to be as the document says, maybe in the manner of another system; if that is known
 * @param expected where it should lie, as seen from the project if the project says so; if this system can say it
 */
record MissingPicture(String name, String sha256, Optional<String> lastSeen, Optional<Path> expected) {}
