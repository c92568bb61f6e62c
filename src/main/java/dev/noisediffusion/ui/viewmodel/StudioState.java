package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.ParameterValues;
import java.util.List;

/**
 * Everything the user can change, at one moment. Undo, projects and the autosave are made of these.
 *
 * @param slots in order
 * @param values of the parameters
 * @param kept settings to be compared
 */
record StudioState(List<SlotSnapshot> slots, ParameterValues values, KeptSettings kept) {
    StudioState {
        slots = List.copyOf(slots);
    }
}
