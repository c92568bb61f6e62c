package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/** Saves the finished film. */
public final class ExportViewModel {
    private static final int DEFAULT_QUALITY = 80;

    private final JobRunner jobs;
    private final Exporter exporter;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final FilmstripViewModel film;
    private final CompareViewModel compare;
    private final PlaybackViewModel playback;

    private final ChoiceParameter<ExportFormat> format =
            new ChoiceParameter<>("format", List.of(ExportFormat.values()), ExportFormat.MP4);
    private final NumberParameter fps;
    private final NumberParameter quality = new NumberParameter(
                    "quality", NumberParameter.Range.of(0, 100, 0), DEFAULT_QUALITY)
            .relevantWhen(format.valueProperty().isEqualTo(ExportFormat.MP4));
    private final NumberParameter scale = new NumberParameter("scale", NumberParameter.Range.of(1, 8, 0), 4);
    private final ChoiceParameter<PlaybackMode> order =
            new ChoiceParameter<>("playback", List.of(PlaybackMode.values()), PlaybackMode.PING_PONG);
    private final BooleanProperty sideBySide = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper canExport = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canSetBeside = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper showing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<ExportState> state = new ReadOnlyObjectWrapper<>(ExportState.IDLE);
    private final ReadOnlyObjectWrapper<@Nullable Progress> progress = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private CancellationToken running = new CancellationToken();

    ExportViewModel(
            JobRunner jobs,
            StudioServices services,
            FilmstripViewModel film,
            CompareViewModel compare,
            PlaybackViewModel playback) {
        this.jobs = jobs;
        this.exporter = services.exporter();
        this.dialogs = services.dialogs();
        this.texts = services.texts();
        this.film = film;
        this.compare = compare;
        this.playback = playback;
        this.fps = new NumberParameter(
                "exportFps", NumberParameter.Range.of(1, 60, 0), playback.fps().get());
        Changes.on(film.revision(), this::refresh);
        Changes.on(compare.film().revision(), this::refresh);
        Changes.on(compare.modeProperty(), this::refresh);
        List.of(fps, scale).forEach(number -> Changes.on(number.valueProperty(), this::refresh));
        Changes.on(order.valueProperty(), this::refresh);
        Changes.on(sideBySide, this::refresh);
    }

    public ChoiceParameter<ExportFormat> format() {
        return format;
    }

    public NumberParameter fps() {
        return fps;
    }

    /** How faithful an MP4 is, against its size. */
    public NumberParameter quality() {
        return quality;
    }

    /** Multiple of the model's size. */
    public NumberParameter scale() {
        return scale;
    }

    public ChoiceParameter<PlaybackMode> order() {
        return order;
    }

    /** Whether the comparison is set beside the morph. */
    public BooleanProperty sideBySideProperty() {
        return sideBySide;
    }

    /** Whether there is a whole comparison to set beside the morph. */
    public ReadOnlyBooleanProperty canSetBesideProperty() {
        return canSetBeside.getReadOnlyProperty();
    }

    /** Whether there is a whole film. */
    public ReadOnlyBooleanProperty canExportProperty() {
        return canExport.getReadOnlyProperty();
    }

    /** Whether the choices are on the screen. */
    public ReadOnlyBooleanProperty showingProperty() {
        return showing.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ExportState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable Progress> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** What became of the last export: where it is, or why it failed. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Frames, length and size of the film as chosen. */
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /** Shows the choices. */
    public void open() {
        if (canExport.get() && state.get() != ExportState.RUNNING) {
            fps.set(playback.fps().get());
            order.set(playback.modeProperty().get());
            showing.set(true);
        }
    }

    public void close() {
        showing.set(false);
    }

    public void dismissMessage() {
        message.set("");
        state.set(ExportState.IDLE);
    }

    /** Asks where to, and saves. */
    public void export() {
        String suggestion = texts.get("export.fileName")
                + (isFolder() ? "" : "." + format.get().extension());
        dialogs.chooseTarget(format.get(), suggestion).ifPresent(this::exportTo);
    }

    private boolean isFolder() {
        return format.get().extension().isEmpty();
    }

    private void exportTo(Path target) {
        Optional<List<Picture>> frames = film.pictures();
        if (frames.isEmpty()) {
            return;
        }
        List<Picture> rival = setsBeside() ? compare.film().pictures().orElse(List.of()) : List.of();
        var choices =
                new ExportRequest.Choices(format.get(), fps.getInt(), quality.getInt(), scale.getInt(), order.get());
        var request = new ExportRequest(
                target, choices, frames.get(), rival, film.request().orElseThrow());
        close();
        message.set("");
        progress.set(null);
        state.set(ExportState.RUNNING);
        running = jobs.run(
                (listener, cancellation) -> {
                    exporter.export(request, listener, cancellation);
                    return target;
                },
                new JobRunner.Observer<>(progress::set, this::saved, this::failed, () -> state.set(ExportState.IDLE)));
    }

    private void saved(Path target) {
        message.set(texts.get("export.saved", target.getFileName()));
        state.set(ExportState.DONE);
    }

    private void failed(Throwable failure) {
        message.set(texts.failure(failure));
        state.set(ExportState.FAILED);
    }

    public void cancel() {
        running.cancel();
    }

    private boolean setsBeside() {
        return sideBySide.get() && canSetBeside.get();
    }

    private void refresh() {
        canExport.set(film.isComplete());
        canSetBeside.set(compare.isOn()
                && compare.film().isComplete()
                && compare.film().cells().size() == film.cells().size());
        int count = film.cells().size();
        int written = order.get() == PlaybackMode.PING_PONG && count > 2 ? 2 * count - 2 : count;
        summary.set(film.pictures()
                .map(List::getFirst)
                .map(first -> texts.get(
                        "export.summary",
                        written,
                        written / fps.get(),
                        first.width() * scale.getInt() * (setsBeside() ? 2 : 1),
                        first.height() * scale.getInt()))
                .orElse(""));
    }
}
