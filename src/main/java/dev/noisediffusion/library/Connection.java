package dev.noisediffusion.library;

/** Whether models may be downloaded, and who says so. */
public enum Connection {
    ONLINE(""),
    OFFLINE("Switch that off in the window's list of models, or set NOISEDIFFUSION_OFFLINE=0."),
    OFFLINE_BY_ENVIRONMENT("Unset NOISEDIFFUSION_OFFLINE and HF_HUB_OFFLINE to change that.");

    private final String remedy;

    Connection(String remedy) {
        this.remedy = remedy;
    }

    /** What ends it; empty where nothing is to end. */
    String remedy() {
        return remedy;
    }
}
