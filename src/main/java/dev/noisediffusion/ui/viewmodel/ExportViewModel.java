package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.export.ContactSheet;
import dev.noisediffusion.export.ExportSettings;
import dev.noisediffusion.export.FilmFormat;
import dev.noisediffusion.export.Playback;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
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
    private static final ExportSettings DEFAULTS = ExportSettings.defaults(FilmFormat.MP4);

    private final JobRunner jobs;
    private final Exporter exporter;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final FilmstripViewModel film;
    private final CompareViewModel compare;
    private final PlaybackViewModel playback;

    private final ChoiceParameter<FilmFormat> format =
            new ChoiceParameter<>("format", List.of(FilmFormat.values()), FilmFormat.MP4);
    private final NumberParameter fps;
    private final NumberParameter quality = new NumberParameter(
                    "quality", NumberParameter.Range.of(0, 100, 0), DEFAULTS.quality())
            .relevantWhen(formatIs(FilmFormat::hasQuality));
    private final NumberParameter scale = new NumberParameter(
            "scale", NumberParameter.Range.of(1, ExportSettings.MAX_SIZE_MULTIPLE, 0), DEFAULTS.sizeMultiple());
    private final ChoiceParameter<Playback> order = new ChoiceParameter<>(
                    "playback", List.of(Playback.values()), Playback.PING_PONG)
            .relevantWhen(formatIs(chosen -> chosen != FilmFormat.CONTACT_SHEET));
    private final NumberParameter repeats = new NumberParameter(
                    "repeats", new NumberParameter.Range(1, ExportSettings.MAX_REPEATS, 1, 10, 0), DEFAULTS.repeats())
            .relevantWhen(
                    formatIs(FilmFormat::isVideo).and(order.valueProperty().isNotEqualTo(Playback.ONCE)));
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
                        "exportFps",
                        NumberParameter.Range.of(1, 60, 0),
                        playback.fps().get())
                .relevantWhen(formatIs(FilmFormat::isTimed));
        Changes.on(film.revision(), this::refresh);
        Changes.on(compare.film().revision(), this::refresh);
        Changes.on(compare.modeProperty(), this::refresh);
        List.of(fps, scale, repeats).forEach(number -> Changes.on(number.valueProperty(), this::refresh));
        Changes.on(order.valueProperty(), this::refresh);
        Changes.on(format.valueProperty(), this::refresh);
        Changes.on(sideBySide, this::refresh);
    }

    private BooleanBinding formatIs(Predicate<FilmFormat> condition) {
        return Bindings.createBooleanBinding(() -> condition.test(format.get()), format.valueProperty());
    }

    public ChoiceParameter<FilmFormat> format() {
        return format;
    }

    public NumberParameter fps() {
        return fps;
    }

    /** How faithful a video or WebP is, against its size. */
    public NumberParameter quality() {
        return quality;
    }

    /** Multiple of the model's size. */
    public NumberParameter scale() {
        return scale;
    }

    public ChoiceParameter<Playback> order() {
        return order;
    }

    /** How many passes a video holds, as it cannot ask its player to loop. */
    public NumberParameter repeats() {
        return repeats;
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
            order.set(playback.mode().get());
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
        String extension = format.get().extension();
        dialogs.chooseTarget(
                        texts.get("export.fileName") + extension, texts.get(format.textKey(format.get())), extension)
                .ifPresent(this::exportTo);
    }

    private void exportTo(Path target) {
        Optional<ExportRequest> request = request(target);
        if (request.isEmpty()) {
            return;
        }
        close();
        message.set("");
        progress.set(null);
        state.set(ExportState.RUNNING);
        running = jobs.run(
                (listener, cancellation) -> {
                    exporter.export(request.get(), listener, cancellation);
                    return target;
                },
                new JobRunner.Observer<>(progress::set, this::saved, this::failed, () -> state.set(ExportState.IDLE)));
    }

    /** The film as it stands now: what is rendered later does not change an export on its way. */
    private Optional<ExportRequest> request(Path target) {
        List<Picture> rival = setsBeside() ? compare.film().pictures().orElse(List.of()) : List.of();
        return film.pictures()
                .flatMap(frames -> film.version()
                        .map(version -> new ExportRequest(
                                target, settings(), frames, rival, version.request(), version.model())));
    }

    private ExportSettings settings() {
        return new ExportSettings(
                format.get(), fps.getInt(), quality.getInt(), scale.getInt(), order.get(), repeats.getInt());
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
        summary.set(film.pictures().map(List::getFirst).map(this::summarise).orElse(""));
    }

    private String summarise(Picture first) {
        int width = first.width() * scale.getInt() * (setsBeside() ? 2 : 1);
        int height = first.height() * scale.getInt();
        if (format.get() == FilmFormat.CONTACT_SHEET) {
            ContactSheet sheet = ContactSheet.of(film.cells().size(), width, height);
            return texts.get("export.summary.sheet", film.cells().size(), sheet.width(), sheet.height());
        }
        int passes = repeats.relevant().get() ? repeats.getInt() : 1;
        int written = order.get().order(film.cells().size()).size() * passes;
        return texts.get("export.summary", written, written / fps.get(), width, height);
    }
}
