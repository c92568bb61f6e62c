package dev.noisediffusion.ui.viewmodel;

import java.util.Locale;

/** The languages of the window. */
public enum LanguageChoice {
    /** That of the user's system, in English where there is no translation. */
    SYSTEM(Locale.getDefault()),
    ENGLISH(Locale.ENGLISH),
    GERMAN(Locale.GERMAN),
    CHINESE(Locale.SIMPLIFIED_CHINESE);

    private final Locale locale;

    LanguageChoice(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }
}
