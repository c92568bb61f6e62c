package dev.noisediffusion.ui.viewmodel;

import java.nio.file.Path;

/**
 * What is needed so that no work is lost.
 *
 * @param dialogs asks for project files
 * @param gesture waits until the hand rests, so that a drag becomes one step of undo
 * @param autosave waits a few seconds after a change
 * @param folder of the user, where the autosave, presets and the list of recent projects lie; made when needed
 * @param application that writes documents, for people
 */
public record WorkServices(
        ProjectDialogs dialogs, Debounce gesture, Debounce autosave, Path folder, String application) {}
