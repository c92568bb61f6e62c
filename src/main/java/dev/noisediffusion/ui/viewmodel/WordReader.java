package dev.noisediffusion.ui.viewmodel;

/** How a model reads words. Needs no network call. */
@FunctionalInterface
interface WordReader {
    /** The end of a prompt, in small letters, that is beyond the length the model reads; mostly empty. */
    String unread(String prompt);
}
