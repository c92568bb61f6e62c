package dev.noisediffusion.ui.viewmodel;

/** The work as a whole: what was done, and where it is kept. */
public final class WorkViewModel {
    private final HistoryViewModel history;

    WorkViewModel(StudioServices services, KeyframesViewModel keyframes, ParametersViewModel parameters) {
        history = new HistoryViewModel(keyframes, parameters, services.texts(), services.gesture());
    }

    public HistoryViewModel history() {
        return history;
    }
}
