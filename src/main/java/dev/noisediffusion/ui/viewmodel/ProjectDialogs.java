package dev.noisediffusion.ui.viewmodel;

import java.nio.file.Path;
import java.util.Optional;

/** Asks the user for project files. */
public interface ProjectDialogs {
    /** A project to open; none if the user changed their mind. */
    Optional<Path> chooseProject();

    /**
     * Where to save a project.
     *
     * @param suggestion a file name
     */
    Optional<Path> chooseProjectTarget(String suggestion);
}
