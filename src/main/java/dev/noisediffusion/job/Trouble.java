package dev.noisediffusion.job;

import java.util.List;

/**
 * Why something cannot be had, such as a model, or a network does not run, or not where it was meant to. It is data: whoever
 * shows it finds the words.
 */
public sealed interface Trouble {
    /** Trouble that one word says everything of. */
    enum Known implements Trouble {
        /** The device has too little memory for one picture. */
        OUT_OF_MEMORY
    }

    /**
     * A device of this computer cannot be used.
     *
     * @param device what people know it by
     * @param said what its software says of it, in whatever language
     */
    record DeviceUnusable(String device, String said) implements Trouble {}

    /**
     * What was chosen is no device.
     *
     * @param choice as it was typed
     */
    record NoDevice(String choice) implements Trouble {}

    /**
     * A server does not do what it should.
     *
     * @param server its address, with the model's where that is what is wrong
     * @param details for those who run the server, in no language: a status with the server's words, names and shapes; may be
     *     empty
     */
    record ServerFault(Fault fault, String server, String details) implements Trouble {}

    /**
     * What was asked for cannot be had.
     *
     * @param details names, sizes and numbers, as the refusal says; in no language
     */
    record Refused(Refusal refusal, List<String> details) implements Trouble {
        public Refused {
            details = List.copyOf(details);
        }
    }

    /**
     * What is too rare or too technical to be told in other languages.
     *
     * @param sentence in English
     */
    record InEnglish(String sentence) implements Trouble {}

    /** What is wrong with a server. */
    enum Fault {
        UNREACHABLE,
        LOST,
        PROXY,
        UNSAFE,
        BUSY,
        SILENT,
        NOT_READY,
        FAILED,
        NO_MODEL,
        OTHER_MODEL,
        OTHER_GRAPH,
        NOT_THE_PROTOCOL,
        MODEL_STAYS_HERE
    }

    /** A failure that is such trouble. */
    interface Carrier {
        Trouble trouble();
    }
}
