package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.FrameIdentity;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Scores the finished frames of a film in the background, one after another, the one in sight first. What to score next is
 * decided when a score has come, so frames that are gone by then are never scored.
 */
final class ArtifactScores {
    /** About 32 MB of their heat. */
    static final int USUALLY_KNOWN = 2000;

    private static final int HEAT_SIDE = 64;

    private record Scored(double score, Raster heat) {}

    private final JobRunner jobs;
    private final FilmstripViewModel film;
    private final PlaybackViewModel playback;
    private final int most;
    private final Runnable onChange;
    private final Consumer<Throwable> onFailure;
    /** The scores of the frames that were met last, whatever the film shows now. */
    private final LinkedHashMap<FrameIdentity, Scored> known = new LinkedHashMap<>(16, 0.75f, true);

    private @Nullable FrameCritic critic;
    /** Whose frames the critic knows. */
    private Optional<String> maker = Optional.empty();

    private boolean busy;

    /**
     * Scores the frames of a film, once there is a critic.
     *
     * @param most as many scores are kept; of a film of more frames all
     * @param onChange runs when a score has come or gone
     * @param onFailure hears why the critic could not judge a frame; it is asked no more then
     */
    ArtifactScores(
            JobRunner jobs,
            FilmstripViewModel film,
            PlaybackViewModel playback,
            int most,
            Runnable onChange,
            Consumer<Throwable> onFailure) {
        this.jobs = jobs;
        this.film = film;
        this.playback = playback;
        this.most = most;
        this.onChange = onChange;
        this.onFailure = onFailure;
        Changes.on(film.revision(), this::refresh);
    }

    /**
     * Scores with another critic from now on; with null no more.
     *
     * @param model id of the critic's model: frames of another one are not scored
     */
    void use(@Nullable FrameCritic next, Optional<String> model) {
        critic = next;
        maker = model;
        known.clear();
        refresh();
    }

    /** Where the artifacts of a frame of the film are; empty while that is not known. */
    Optional<Raster> heat(int index) {
        return index < film.cells().size() ? scored(film.cells().get(index)).map(Scored::heat) : Optional.empty();
    }

    private Optional<Scored> scored(FrameCell cell) {
        return isScorable(cell) ? Optional.ofNullable(known.get(cell.identity())) : Optional.empty();
    }

    /** Until a render the film keeps the frames of the model before. */
    private boolean isScorable(FrameCell cell) {
        return cell.isDone()
                && film.version().map(version -> version.model().id()).equals(maker);
    }

    private void refresh() {
        film.cells().forEach(cell -> cell.score(scored(cell).map(Scored::score).orElse(null)));
        onChange.run();
        next();
    }

    private void next() {
        FrameCritic asked = critic;
        if (busy || asked == null) {
            return;
        }
        int seen = playback.indexProperty().get();
        Stream<FrameCell> inSight = film.cells().stream().skip(seen).limit(1);
        Stream.concat(inSight, film.cells().stream())
                .filter(cell -> isScorable(cell) && !known.containsKey(cell.identity()))
                .findFirst()
                .ifPresent(cell -> cell.picture().ifPresent(picture -> score(cell.identity(), picture, asked)));
    }

    private void score(FrameIdentity identity, Picture picture, FrameCritic asked) {
        busy = true;
        jobs.run(
                (progress, cancellation) -> judged(asked.judge(picture)),
                new JobRunner.Observer<>(
                        progress -> {},
                        scored -> arrived(identity, scored, asked),
                        failure -> failed(asked, failure),
                        this::free));
    }

    private static Scored judged(FrameCritic.Verdict verdict) {
        return new Scored(verdict.score(), VeilRaster.of(HEAT_SIDE, HEAT_SIDE, verdict.heat()));
    }

    private void arrived(FrameIdentity identity, Scored scored, FrameCritic asked) {
        if (asked.equals(critic)) {
            keep(identity, scored);
        }
        busy = false;
        refresh();
    }

    /** What the film shows was met later than all else, and stays: a frame that lost its score would be judged for ever. */
    private void keep(FrameIdentity identity, Scored scored) {
        known.put(identity, scored);
        while (known.size() > Math.max(most, film.cells().size())) {
            known.pollFirstEntry();
        }
    }

    /** A critic that fails once would fail at every frame. */
    private void failed(FrameCritic asked, Throwable failure) {
        if (asked.equals(critic)) {
            critic = null;
            onFailure.accept(failure);
        }
        free();
    }

    private void free() {
        busy = false;
        next();
    }
}
