package dev.noisediffusion.ui.viewmodel;

/** The names under which settings are kept to be compared, as files have them. */
public enum KeptLetter {
    A("1"),
    B("2");

    private final String shown;

    KeptLetter(String shown) {
        this.shown = shown;
    }

    /** As people see it: a number, since letters are those of the pictures. */
    public String shown() {
        return shown;
    }
}
