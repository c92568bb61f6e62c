package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.morph.MorphRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** One file of the export queue. */
public final class ExportJob {
    /**
     * What becomes of a film.
     *
     * @param target a file, or a folder for pictures
     * @param mayReplace whether the user has said that it takes the place of a file of its name
     * @param settings how it is written
     * @param films what it shows: one, or two beside each other
     */
    record Order(Path target, boolean mayReplace, ExportSettings settings, List<FilmSnapshot.Part> films) {
        Order {
            films = List.copyOf(films);
        }
    }

    private final Path target;
    private final ExportSettings settings;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<ExportState> state = new ReadOnlyObjectWrapper<>(ExportState.WAITING);
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper timeLeft = new ReadOnlyStringWrapper("");
    private @Nullable FilmSnapshot film;
    private List<FilmSnapshot.Part> shown;
    private boolean mayReplace;
    private List<ExportJob> othersAtRetry = List.of();
    /** Set on the thread that writes, and read on that of events. */
    private volatile boolean written;

    private CancellationToken token = new CancellationToken();

    ExportJob(Order order, FilmSnapshot film, Texts texts) {
        this.target = order.target();
        this.settings = order.settings();
        this.film = film;
        this.shown = order.films();
        this.mayReplace = order.mayReplace();
        this.texts = texts;
        text.set(texts.get("queue.WAITING"));
    }

    /** Name of the file or folder. */
    public String name() {
        return String.valueOf(target.getFileName());
    }

    /** Where it goes, for people. */
    public String place() {
        return String.valueOf(target.getParent());
    }

    public ReadOnlyObjectProperty<ExportState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** How far it is, in [0, 1]; negative while unknown. */
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    /** What it does, what became of it, or what went wrong. */
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /** The time left in words, empty while unknown. */
    public ReadOnlyStringProperty timeLeftProperty() {
        return timeLeft.getReadOnlyProperty();
    }

    Path target() {
        return target;
    }

    /** What is exported; its pictures are let go of when they are on disk. */
    FilmSnapshot film() {
        return Objects.requireNonNull(film);
    }

    /** Whether every frame that it shows is there. */
    boolean isWhole() {
        return film().isWhole(shown);
    }

    /** Whether the studio is to show some of what it lacks; on the thread of events. */
    boolean isOnScreen() {
        return film().isAnyOnScreen(shown);
    }

    /** Renders what it lacks, on the calling thread. */
    void render(ModelLease lease, ProgressListener progress, CancellationToken cancellation) {
        film().render(shown, lease, progress, cancellation);
    }

    boolean isWaiting() {
        return state.get() == ExportState.WAITING;
    }

    boolean isOver() {
        return state.get().isOver();
    }

    /** Whether it waits or runs, and nobody has called it off: one that was may take its time to end. */
    boolean isAwaited() {
        return isWaiting() || (!isOver() && !token.isCancelled());
    }

    /** What to write, once it {@linkplain #isWhole is whole}. */
    ExportRequest request() {
        boolean beside = shown.size() > 1;
        List<Picture> rival = beside ? film().pictures(shown.getLast()) : List.of();
        return new ExportRequest(
                target,
                settings,
                film().pictures(shown.getFirst()),
                rival,
                beside ? shown.stream().map(FilmSnapshot.Part::name).toList() : List.of(),
                recipe(),
                film().model(),
                mayReplace);
    }

    /** The morph wherever it is seen, else the left film. */
    private MorphRequest recipe() {
        MorphRequest morph = film().morph();
        boolean showsIt = shown.stream().map(FilmSnapshot.Part::request).anyMatch(morph::equals);
        return showsIt ? morph : shown.getFirst().request();
    }

    /** Says that another film was saved under this name since the user was asked: it stays. */
    void keepOff() {
        mayReplace = false;
    }

    /** Tells that it is wanted once more, and which others there were then: they were asked for while it was over. */
    void tryAgain(List<ExportJob> others) {
        othersAtRetry = List.copyOf(others);
    }

    List<ExportJob> othersAtRetry() {
        return othersAtRetry;
    }

    /** Tells that the film is in its place, whatever is cancelled from now on. */
    void written() {
        written = true;
    }

    boolean isWritten() {
        return written;
    }

    void waitFor(String what) {
        text.set(what);
    }

    void runs(CancellationToken running) {
        token = running;
    }

    CancellationToken token() {
        return token;
    }

    void show(Progress progress) {
        if (state.get() == ExportState.RUNNING) {
            timeLeft.set(texts.left(progress));
            text.set(texts.activity(progress.activity()));
            fraction.set(progress.fraction());
        }
    }

    void become(ExportState next, String words) {
        if (!state.get().canBecome(next)) {
            throw new IllegalStateException("An export cannot go from " + state.get() + " to " + next);
        }
        if (next == ExportState.DONE) {
            film = null;
            shown = List.of();
        }
        text.set(words);
        fraction.set(next == ExportState.DONE ? 1 : -1);
        timeLeft.set("");
        state.set(next);
    }
}
