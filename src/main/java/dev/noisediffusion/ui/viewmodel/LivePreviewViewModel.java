package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What is seen while a slider moves. Each move asks for a glimpse of the frame in sight, unless that stays as it is;
 * moves that come while one is under way leave only the newest waiting, so that the picture follows the hand as fast as
 * the network allows. When the hand rests there is a draft, and after it the render. A newer move ends a draft at once.
 */
public final class LivePreviewViewModel {
    /** Enough steps for the final shapes, few enough to come within a second or so on a processor. */
    static final int DRAFT_CALLS = 5;

    private final JobRunner jobs;
    private final FilmstripViewModel film;
    private final PlaybackViewModel playback;
    private final Supplier<Optional<ShownFrame>> wanted;
    private final ReadOnlyObjectWrapper<@Nullable Raster> raster = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<PreviewStage> stage = new ReadOnlyObjectWrapper<>(PreviewStage.NONE);
    private @Nullable ShownFrame target;
    private @Nullable ShownFrame waiting;
    private final ReadOnlyIntegerWrapper looking = new ReadOnlyIntegerWrapper();
    private boolean glimpsing;
    private long asked;
    private long shown;
    private CancellationToken draft = new CancellationToken();
    /** What comes after the draft under way, null if none is. */
    private @Nullable Runnable following;

    LivePreviewViewModel(
            JobRunner jobs,
            FilmstripViewModel film,
            PlaybackViewModel playback,
            Supplier<Optional<ShownFrame>> wanted) {
        this.jobs = jobs;
        this.film = film;
        this.playback = playback;
        this.wanted = wanted;
        Changes.on(playback.indexProperty(), this::clearWhenOutOfSight);
        Changes.on(film.revision(), this::clearWhenArrived);
    }

    /** The picture that stands for the frame in sight, null while the film's own is up to date or nothing is known. */
    public ReadOnlyObjectProperty<@Nullable Raster> rasterProperty() {
        return raster.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<PreviewStage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /** How many looks are on their way. */
    ReadOnlyIntegerProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    /** Tells that a setting or a picture has changed; a film that plays stands still unless it shows that already. */
    void moved() {
        endDraft();
        Optional<ShownFrame> next = film.hasPictures() ? wanted.get() : Optional.empty();
        if (next.filter(frame -> !film.shows(frame.version())).isPresent()) {
            // What is looked at must stay in sight; which frame that is decides only about the look.
            playback.pause();
        }
        target = next.filter(frame -> !isInSight(frame)).orElse(null);
        waiting = target;
        if (target == null) {
            clear();
        }
        glimpse();
    }

    /** Whether the film shows that very frame now; one that comes back with the next render is not seen yet. */
    private boolean isInSight(ShownFrame frame) {
        return film.isDone(playback.indexProperty().get(), frame.identity());
    }

    /** Tells that the hand rests: makes a draft, then goes on with what follows, unless a newer move comes before. */
    void rested(Runnable then) {
        waiting = null;
        endDraft();
        if (target == null) {
            then.run();
        } else {
            following = then;
            draft = look(target, DRAFT_CALLS, PreviewStage.DRAFT, () -> goOn(then), () -> {});
        }
    }

    private void goOn(Runnable then) {
        following = null;
        then.run();
    }

    private void endDraft() {
        draft.cancel();
        following = null;
    }

    /** Ends the work in progress, because the render itself begins. */
    void stop() {
        waiting = null;
        endDraft();
    }

    /** A draft of a frame that is no longer in sight, or has arrived, is not made: what waits for it comes without it. */
    private void clearAndGoOn() {
        Runnable then = following;
        clear();
        if (then != null) {
            then.run();
        }
    }

    /** Back to the film's own frame. */
    void clear() {
        stop();
        target = null;
        shown = asked;
        raster.set(null);
        stage.set(PreviewStage.NONE);
    }

    /** Where the film gets another length, the frame that is looked at stays in sight, and only its number is another. */
    private void clearWhenOutOfSight() {
        ShownFrame frame = target;
        boolean inSight = frame != null
                && frame.index() == playback.indexProperty().get()
                && film.version().filter(frame.version()::equals).isPresent();
        if (!inSight) {
            clearAndGoOn();
        }
    }

    private void clearWhenArrived() {
        ShownFrame frame = target;
        if (frame != null && frame.index() < film.cells().size() && film.isDone(frame.index(), frame.version())) {
            clearAndGoOn();
        }
    }

    private void glimpse() {
        ShownFrame frame = waiting;
        if (!glimpsing && frame != null) {
            waiting = null;
            glimpsing = true;
            look(frame, 1, PreviewStage.GLIMPSE, this::glimpseNext, this::glimpseNext);
        }
    }

    private void glimpseNext() {
        glimpsing = false;
        glimpse();
    }

    /** A failure takes an older picture away and goes on as well: the render meets the same one and tells of it. */
    private CancellationToken look(ShownFrame frame, int calls, PreviewStage how, Runnable goOn, Runnable onCancelled) {
        long number = ++asked;
        looking.set(looking.get() + 1);
        return jobs.run(
                (progress, cancellation) -> Raster.enlarged(frame.lease()
                        .ask(renderer -> renderer.glimpse(frame.request(), frame.index(), calls, cancellation))),
                new JobRunner.Observer<>(
                        news -> {},
                        drawn -> {
                            looking.set(looking.get() - 1);
                            show(frame, number, drawn, how);
                            goOn.run();
                        },
                        failure -> {
                            looking.set(looking.get() - 1);
                            show(frame, number, null, PreviewStage.NONE);
                            goOn.run();
                        },
                        () -> {
                            looking.set(looking.get() - 1);
                            onCancelled.run();
                        }));
    }

    /** A picture may be older than the newest move, if only it is newer than what is in sight. */
    private void show(ShownFrame frame, long number, @Nullable Raster drawn, PreviewStage how) {
        boolean sameFrame = target != null
                && target.index() == frame.index()
                && target.lease().equals(frame.lease());
        if (sameFrame && number > shown) {
            shown = number;
            raster.set(drawn);
            stage.set(how);
        }
    }
}
