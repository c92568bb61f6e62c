package dev.noisediffusion.ui.viewmodel;

/** What is known of the critic of the model in use. */
public enum CriticState {
    /** Nobody has asked, or there is no model. */
    UNKNOWN,
    /** None has been trained. */
    MISSING,
    /** There is one, not good enough to use. */
    POOR,
    /** There is one, and it scores. */
    GOOD,
    /** It could not be read, trained or asked. */
    FAILED
}
