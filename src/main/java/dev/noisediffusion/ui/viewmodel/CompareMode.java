package dev.noisediffusion.ui.viewmodel;

/** How the morph is compared with slerp. */
public enum CompareMode {
    OFF,
    SIDE_BY_SIDE
}
