package dev.noisediffusion.ui.viewmodel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks the user for files. */
public interface FileDialogs {
    /** Pictures to open; none if the user changed their mind. */
    List<Path> choosePictures();

    /** A model's folder. */
    Optional<Path> chooseModelFolder();

    /**
     * A project to open.
     *
     * @param extension of such files, with its dot
     */
    Optional<Path> chooseProject(String extension);

    /**
     * Where to save a project.
     *
     * @param suggestion a file name
     * @param extension with its dot; added where the user leaves it out
     */
    Optional<Path> chooseProjectTarget(String suggestion, String extension);

    /**
     * Where to save a film.
     *
     * @param suggestion a file name
     * @param kind of file, for people
     * @param extension with its dot; empty for a folder
     */
    Optional<Path> chooseTarget(String suggestion, String kind, String extension);
}
