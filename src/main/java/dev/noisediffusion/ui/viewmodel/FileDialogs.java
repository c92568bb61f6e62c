package dev.noisediffusion.ui.viewmodel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks the user for files, and shows them. */
public interface FileDialogs {
    /** Pictures to open; none if the user changed their mind. */
    List<Path> choosePictures();

    /** A model's folder. */
    Optional<Path> chooseModelFolder();

    /** A folder of photographs. */
    Optional<Path> choosePhotographs();

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
     * Where to save a sheet.
     *
     * @param suggestion a file name
     * @param extension with its dot; added where the user leaves it out
     */
    Optional<Path> chooseSheetTarget(String suggestion, String extension);

    /**
     * Where to save a frame.
     *
     * @param suggestion a file name
     * @param extension with its dot; added where the user leaves it out
     */
    Optional<Path> chooseStillTarget(String suggestion, String extension);

    /**
     * The folder to save films in.
     *
     * @param start the folder to begin in
     */
    Optional<Path> chooseExportFolder(Path start);

    /** An experiment of the lab, in a file. */
    Optional<Path> chooseExperiment();

    /**
     * Opens a file with the platform's own program for its kind, such as a page with the browser. Blocks for a moment, so it
     * is for background threads.
     *
     * @throws IOException with a sentence for the user, if there is no such program
     */
    void open(Path file) throws IOException;

    /**
     * Shows a file in the platform's own file manager. Blocks for a moment, so it is for background threads.
     *
     * @throws IOException with a sentence for the user, if there is no file manager
     */
    void showInFolder(Path file) throws IOException;
}
