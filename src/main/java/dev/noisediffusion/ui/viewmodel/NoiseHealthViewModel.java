package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.NoiseReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/**
 * The health of the noise behind the frame in sight, measured in the background while someone looks. Of the moves that
 * come during a measurement only the newest is measured next, so that the numbers follow the hand.
 */
public final class NoiseHealthViewModel {
    private record Measured(NoiseHealth health, Map<Integer, Raster> clipMaps) {}

    private final JobRunner jobs;
    private final HealthWriter writer;
    private final Supplier<Optional<ShownFrame>> inSight;
    private final KeyframesViewModel keyframes;
    private final NoiseSuggestionViewModel suggestion;
    private final ReadOnlyObjectWrapper<NoiseHealth> health = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty watched = new SimpleBooleanProperty();
    private final BooleanProperty clipMapShown = new SimpleBooleanProperty();
    private CancellationToken measuring = new CancellationToken();
    private boolean busy;
    private boolean waiting;
    /** Whether the render has got further since the newest measurement began. */
    private boolean moreIsKnown;

    NoiseHealthViewModel(
            StudioServices services,
            Supplier<Optional<ShownFrame>> inSight,
            KeyframesViewModel keyframes,
            PlaybackViewModel playback,
            ParametersViewModel parameters,
            HistoryViewModel history) {
        this.jobs = services.jobs();
        this.writer = new HealthWriter(services.texts());
        this.inSight = inSight;
        this.keyframes = keyframes;
        this.suggestion = new NoiseSuggestionViewModel(
                services, inSight, playback, parameters, history, health.getReadOnlyProperty());
        Changes.on(watched, this::lookAgain);
        Changes.on(clipMapShown, this::clipMapToggled);
    }

    /** Null while nothing is known. */
    public ReadOnlyObjectProperty<NoiseHealth> healthProperty() {
        return health.getReadOnlyProperty();
    }

    /** Whether someone looks at it; otherwise nothing is measured. */
    public BooleanProperty watchedProperty() {
        return watched;
    }

    /** Whether the pictures show where their encodings hit the boundary. */
    public BooleanProperty clipMapShownProperty() {
        return clipMapShown;
    }

    /** A better setting, on demand. */
    public NoiseSuggestionViewModel suggestion() {
        return suggestion;
    }

    private void clipMapToggled() {
        keyframes.showClipMaps(Map.of());
        moved();
    }

    /** Tells that another frame is in sight, or another setting. */
    void moved() {
        suggestion.dismiss();
        lookAgain();
    }

    /** Tells that the render has got further: encodings that were only estimated may be known by now. */
    void rendered() {
        moreIsKnown = true;
        lookCloser();
    }

    private void lookCloser() {
        NoiseHealth known = health.get();
        if (moreIsKnown && !busy && (known == null || known.rough())) {
            lookAgain();
        }
    }

    private void lookAgain() {
        waiting = watched.get() || clipMapShown.get();
        measure();
    }

    private void measure() {
        if (busy || !waiting) {
            return;
        }
        waiting = false;
        moreIsKnown = false;
        Optional<ShownFrame> frame = inSight.get();
        if (frame.isPresent()) {
            busy = true;
            boolean withMaps = clipMapShown.get();
            List<String> letters = keyframes.letters();
            measuring = jobs.run(
                    (progress, cancellation) -> look(frame.get(), letters, withMaps, cancellation),
                    new JobRunner.Observer<>(
                            progress -> {},
                            measured -> {
                                show(measured);
                                next();
                            },
                            failure -> {
                                forget();
                                next();
                            },
                            this::next));
        } else {
            clear();
        }
    }

    private void next() {
        busy = false;
        measure();
        lookCloser();
    }

    private Measured look(ShownFrame frame, List<String> letters, boolean withMaps, CancellationToken cancellation) {
        NoiseReport report =
                frame.lease().ask(renderer -> renderer.inspect(frame.request(), frame.index(), cancellation));
        var maps = new HashMap<Integer, Raster>();
        if (withMaps) {
            report.encodings().forEach(encoding -> maps.put(encoding.keyframe(), ClipMapRaster.of(encoding.clipMap())));
        }
        boolean mixing = frame.request().settings().method() instanceof NoiseDiffusion;
        return new Measured(writer.health(report, letters, mixing), maps);
    }

    private void show(Measured measured) {
        health.set(measured.health);
        if (clipMapShown.get()) {
            keyframes.showClipMaps(measured.clipMaps);
        }
    }

    /** Forgets what is known, because the pictures or the model are others. */
    void clear() {
        suggestion.dismiss();
        waiting = false;
        moreIsKnown = false;
        measuring.cancel();
        forget();
    }

    /** What was measured before is nothing for what is set now; why that cannot be measured, the render meets too and tells. */
    private void forget() {
        health.set(null);
        keyframes.showClipMaps(Map.of());
    }
}
