package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.project.MethodName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be compared: always the same frame of the same film, made in another way. */
public enum CompareSide {
    /** The morph as it is set now. */
    CURRENT(null, null),
    NOISE_DIFFUSION(MethodName.NOISE_DIFFUSION, null),
    SLERP(MethodName.SLERP, null),
    NOISE_INTRODUCTION(MethodName.NOISE_INTRODUCTION, null),
    CROSSFADE(MethodName.CROSSFADE, null),
    /** The settings that were kept as 1, in files as A. */
    KEPT_A(null, KeptLetter.A),
    /** The settings that were kept as 2, in files as B. */
    KEPT_B(null, KeptLetter.B),
    /** The picture that lies nearest on the path. */
    ORIGINAL(null, null);

    private final Optional<MethodName> method;
    private final Optional<KeptLetter> kept;

    CompareSide(
            @org.jspecify.annotations.Nullable MethodName method, @org.jspecify.annotations.Nullable KeptLetter kept) {
        this.method = Optional.ofNullable(method);
        this.kept = Optional.ofNullable(kept);
    }

    /** The method it stands for, the other settings as they are now. */
    Optional<MethodName> method() {
        return method;
    }

    /** The kept settings it stands for. */
    Optional<KeptLetter> kept() {
        return kept;
    }

    /** One for each method. */
    static List<CompareSide> methods() {
        return Arrays.stream(values()).filter(side -> side.method.isPresent()).toList();
    }
}
