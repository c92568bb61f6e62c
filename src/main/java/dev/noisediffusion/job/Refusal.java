package dev.noisediffusion.job;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why something cannot be had, read or written, with the details that belong to it in their order. */
public sealed interface Refusal permits ModelRefusal, PictureRefusal, FilmRefusal, ProjectRefusal, LabRefusal {
    /** Of the enum constant. */
    String name();

    /** The trouble with its details; what the system does not say is empty. */
    default Trouble with(@Nullable Object... details) {
        return new Trouble.Refused(
                this,
                Arrays.stream(details)
                        .map(detail -> Objects.requireNonNullElse(detail, "").toString())
                        .toList());
    }
}
