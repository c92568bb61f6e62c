package dev.noisediffusion.web;

import java.io.IOException;

/** The body of an answer is larger than whoever asked would take. */
public final class TooLargeException extends IOException {
    /** @param most bytes that were taken */
    TooLargeException(long most) {
        super("The answer has more than " + most + " bytes");
    }
}
