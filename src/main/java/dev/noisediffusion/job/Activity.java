package dev.noisediffusion.job;

/** What a job is doing. It is data: whoever shows it finds the words, in the language of the reader. */
public sealed interface Activity {
    /** Work that one word says everything of. */
    enum Work implements Activity {
        MEASURING_SPEED,
        MIXING_FRAMES,
        RENDERING_FRAMES,
        FILLING_SHEET,
        WRITING_FRAMES,
        ENCODING_FILM,
        MAKING_EXAMPLES,
        TRAINING_CRITIC,
        /** For a server, or for other work to end. */
        WAITING,
        CHECKING_FILES
    }

    /**
     * A picture is taken to noise.
     *
     * @param number of the picture, from 1
     * @param count of the pictures there are
     */
    record EncodingPicture(int number, int count) implements Activity {}

    /**
     * A thing is worked on that has a name of its own in every language, such as a file.
     *
     * @param name what people know it by
     */
    record Named(String name) implements Activity {}
}
