package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.project.ParameterValues;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/**
 * The lab: experiments on the pictures and the model of the studio. A run goes on when the page is closed, gives way to
 * renders, and is taken up where it stopped when the same is asked for again.
 */
public final class LabViewModel {
    private final StudioServices services;
    private final Texts texts;
    private final LabWords words;
    private final LabSetupViewModel setup;
    private final LabTableViewModel table;
    private final ParametersViewModel parameters;
    private final HistoryViewModel history;
    private final LabWork work;
    private final Newest looking;
    private final Courtesy courtesy = new Courtesy();
    private final ReadOnlyBooleanWrapper showing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Progress> progress = new ReadOnlyObjectWrapper<>();
    private final ObservableValue<Boolean> withoutWords;
    private final LabFolderViewModel folder;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper news = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper givingWay = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canStart = new ReadOnlyBooleanWrapper();
    private CancellationToken running = new CancellationToken();
    private Optional<LabOrder> asked = Optional.empty();

    LabViewModel(
            StudioServices services,
            KeyframesViewModel keyframes,
            ModelViewModel model,
            ParametersViewModel parameters,
            HistoryViewModel history) {
        this.services = services;
        this.texts = services.texts();
        this.parameters = parameters;
        this.history = history;
        work = new LabWork(services.jobs(), services.lab());
        looking = new Newest(services.jobs());
        words = new LabWords(texts);
        setup = new LabSetupViewModel(services, words, keyframes, model::lease);
        table = new LabTableViewModel(words);
        withoutWords = model.wordReader().map(reader -> true).orElse(false);
        folder = new LabFolderViewModel(services, failure -> message.set(texts.failure(failure)));
        canStart.bind(Bindings.createBooleanBinding(
                this::isToDo,
                busy,
                table.boardProperty(),
                setup.revision(),
                keyframes.revision(),
                model.leaseProperty()));
        Changes.on(setup.revision(), this::look);
        Changes.on(keyframes.revision(), this::look);
        Changes.on(model.leaseProperty(), this::look);
    }

    private boolean isToDo() {
        LabBoard board = table.boardProperty().get();
        return !busy.get()
                && (board == null || !board.isWhole())
                && setup.order().isPresent();
    }

    public LabSetupViewModel setup() {
        return setup;
    }

    public LabTableViewModel table() {
        return table;
    }

    public LabWords words() {
        return words;
    }

    /** Whether the page is on the screen. */
    public ReadOnlyBooleanProperty showingProperty() {
        return showing.getReadOnlyProperty();
    }

    /** Whether the model reads words, of which the lab gives it none. */
    public ObservableValue<Boolean> withoutWords() {
        return withoutWords;
    }

    /** Whether an experiment runs. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** How far it is, null before its first news. */
    ReadOnlyObjectProperty<@Nullable Progress> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** How far it is, in [0, 1]; negative while nobody knows. */
    public ObservableValue<Double> fraction() {
        return progress.map(news -> news == null ? -1.0 : news.fraction()).orElse(-1.0);
    }

    /** Whether there is something to run. */
    public ObservableValue<Boolean> canStart() {
        return canStart.getReadOnlyProperty();
    }

    /** What starting means: to begin, or to go on. */
    public ObservableValue<String> startText() {
        return Bindings.createStringBinding(
                () -> {
                    LabBoard board = table.boardProperty().get();
                    boolean fresh = board == null || board.done() == 0;
                    boolean whole = board != null && board.isWhole();
                    return texts.get(
                            busy.get() ? "lab.busy" : fresh ? "lab.start" : whole ? "lab.measured" : "lab.goOn");
                },
                busy,
                table.boardProperty());
    }

    /** Whether anything is measured. */
    public ObservableValue<Boolean> hasResults() {
        return table.boardProperty()
                .map(board -> Objects.requireNonNull(board).done() > 0)
                .orElse(false);
    }

    /** Where the results lie, and their report. */
    public LabFolderViewModel folder() {
        return folder;
    }

    /** What is being done, what it will cost, or what is the matter. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Why a run failed that the page does not tell of: it was closed, or had something else chosen. Empty if none did. */
    public ReadOnlyStringProperty newsProperty() {
        return news.getReadOnlyProperty();
    }

    public void dismissNews() {
        news.set("");
    }

    /** Shows the page. */
    public void open() {
        showing.set(true);
        setup.load();
        look();
    }

    /** Shows the page, or puts it away. */
    public void toggle() {
        if (showing.get()) {
            close();
        } else {
            open();
        }
    }

    /** Puts the page away; what runs goes on. */
    public void close() {
        showing.set(false);
    }

    /** Tells whether the network is wanted elsewhere: a run waits before its next call. */
    void giveWay(boolean now) {
        givingWay.set(now);
        courtesy.giveWay(now);
        tell();
    }

    /** Looks what there is already of what is chosen, and what the rest will cost. */
    private void look() {
        if (busy.get() || !showing.get()) {
            return;
        }
        Optional<LabOrder> wanted = setup.order();
        if (wanted.isEmpty()) {
            looking.forget();
            table.clear();
            folder.set(null);
            message.set(setup.problem());
            return;
        }
        LabOrder order = wanted.get();
        looking.run(
                (listener, cancellation) -> order.folder(services.lab()),
                JobRunner.Observer.<Path>of(place -> lookInto(place, order), failure -> showNothing(null, failure)));
    }

    private void lookInto(Path place, LabOrder order) {
        looking.run(
                (listener, cancellation) -> work.find(order, place),
                JobRunner.Observer.<LabWork.Found>of(
                        found -> show(place, found), failure -> showNothing(place, failure)));
    }

    /** What was shown before belongs to another order. */
    private void showNothing(@Nullable Path place, Throwable failure) {
        folder.set(place);
        table.clear();
        message.set(texts.failure(failure));
    }

    private void show(Path place, LabWork.Found found) {
        folder.set(place);
        found.news().ifPresentOrElse(table::show, table::clear);
        LabBoard board = table.boardProperty().get();
        message.set(
                board != null && board.isWhole()
                        ? texts.get("lab.whole")
                        : texts.get(board == null ? "lab.calls" : "lab.calls.left", found.calls()));
    }

    /** Begins, or goes on. */
    public void start() {
        Optional<LabOrder> wanted = setup.order();
        LabExperiment chosen = setup.experimentProperty().get();
        if (busy.get() || wanted.isEmpty() || chosen == null) {
            message.set(busy.get() ? message.get() : setup.problem());
            return;
        }
        looking.forget();
        dismissNews();
        busy.set(true);
        progress.set(null);
        message.set(texts.get("lab.starting"));
        LabOrder order = wanted.get();
        String title = chosen.title();
        asked = wanted;
        running = services.jobs()
                .run(
                        (listener, cancellation) -> work.run(
                                order, folder::set, table::show, courtesy.before(listener, cancellation), cancellation),
                        new JobRunner.Observer<>(
                                now -> {
                                    progress.set(now);
                                    tell();
                                },
                                page -> rest(texts.get("lab.finished")),
                                failure -> failed(title, texts.failure(failure)),
                                () -> rest(texts.get("lab.cancelled"))));
    }

    /** How far the run is, in words. */
    String done() {
        LabBoard board = table.boardProperty().get();
        return board == null ? texts.get("lab.starting") : texts.get("lab.done", board.done(), board.wanted());
    }

    private void tell() {
        if (busy.get()) {
            message.set(
                    givingWay.get()
                            ? texts.get("lab.givingWay", done())
                            : texts.get("lab.running", done(), texts.left(progress.get())));
        }
    }

    private void failed(String title, String why) {
        if (!showing.get() || !setup.order().equals(asked)) {
            news.set(texts.get("lab.failed", title, why));
        }
        rest(why);
    }

    private void rest(String what) {
        busy.set(false);
        progress.set(null);
        message.set(what);
        if (!setup.order().equals(asked)) {
            look();
        }
        asked = Optional.empty();
    }

    /** Ends the run; what was measured stays, and {@link #start} goes on from there. */
    public void cancel() {
        running.cancel();
    }

    /** Whether a setting can be used in the studio. */
    public boolean canUse(LabLine line) {
        return LabAdoption.isPossible(line.cell());
    }

    /** Takes a setting over into the studio, in one step, and tells of numbers that the window has not as they are. */
    public void use(LabLine line) {
        if (canUse(line)) {
            ParameterValues values =
                    LabAdoption.values(line.cell(), parameters.masks().get());
            history.asOne(texts.get("history.lab"), () -> parameters.apply(values));
            String used = texts.get("lab.used", line.label());
            String others = TakenNumbers.otherwise(parameters, values, texts);
            message.set(others.isEmpty() ? used : used + "\n" + others);
        }
    }
}
