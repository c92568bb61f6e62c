package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.project.MethodName;
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
     * @param settings how it is written
     * @param content what it shows
     */
    record Order(Path target, ExportSettings settings, ExportContent content) {}

    private final Order order;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<ExportState> state = new ReadOnlyObjectWrapper<>(ExportState.WAITING);
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper timeLeft = new ReadOnlyStringWrapper("");
    private @Nullable FilmSnapshot film;
    private CancellationToken token = new CancellationToken();

    ExportJob(Order order, FilmSnapshot film, Texts texts) {
        this.order = order;
        this.film = film;
        this.texts = texts;
        text.set(texts.get("queue.WAITING"));
    }

    /** Name of the file or folder. */
    public String name() {
        return String.valueOf(order.target().getFileName());
    }

    /** Where it goes, for people. */
    public String place() {
        return String.valueOf(order.target().getParent());
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
        return order.target();
    }

    /** What is exported; its pictures are let go of when they are on disk. */
    FilmSnapshot film() {
        return Objects.requireNonNull(film);
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

    /** What to write, once the film is whole. */
    ExportRequest request() {
        boolean beside = order.content() == ExportContent.SIDE_BY_SIDE;
        List<Picture> rival = beside ? film().pictures(1) : List.of();
        return new ExportRequest(
                order.target(),
                order.settings(),
                film().pictures(0),
                rival,
                beside ? captions() : List.of(),
                film().request(),
                film().model());
    }

    private List<String> captions() {
        List<String> names = film().requests().stream()
                .map(request -> texts.get("parameter.method."
                        + MethodName.of(request.settings().method()).name()))
                .toList();
        boolean same = names.getFirst().equals(names.getLast());
        return same ? List.of(names.getFirst() + " A", names.getLast() + " B") : names;
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
        }
        text.set(words);
        fraction.set(next == ExportState.DONE ? 1 : -1);
        timeLeft.set("");
        state.set(next);
    }
}
