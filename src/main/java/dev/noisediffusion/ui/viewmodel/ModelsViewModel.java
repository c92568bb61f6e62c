package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Job;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.library.CatalogueEntry;
import dev.noisediffusion.library.DownloadException;
import dev.noisediffusion.library.FileCheck;
import dev.noisediffusion.library.LibraryModel;
import dev.noisediffusion.library.ModelLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The list of models: which are there, which can be had, and what is done with them. Downloads go on behind the list. */
public final class ModelsViewModel {
    /** What is quickly fetched again is deleted without a question. */
    private static final long LITTLE_BYTES = 50_000_000;

    private final JobRunner jobs;
    private final Newest refreshing;
    private final LibraryServices library;
    private final ModelViewModel used;
    private final ProjectViewModel project;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final ModelWords words;
    private final UnpackingViewModel unpacking;
    private final ObservableList<ModelRow> rows = FXCollections.observableArrayList();
    private final ObservableList<ModelRow> shown = FXCollections.unmodifiableObservableList(rows);
    private final Set<ModelRow> unwanted = new HashSet<>();
    private final ReadOnlyBooleanWrapper showing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable ModelQuestion> question = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");

    ModelsViewModel(
            JobRunner jobs,
            LibraryServices library,
            ModelViewModel used,
            ProjectViewModel project,
            FileDialogs dialogs,
            Texts texts) {
        this.jobs = jobs;
        this.refreshing = new Newest(jobs);
        this.library = library;
        this.used = used;
        this.project = project;
        this.dialogs = dialogs;
        this.texts = texts;
        this.words = new ModelWords(texts);
        this.unpacking = new UnpackingViewModel(
                jobs, library, texts, this::refresh, failure -> message.set(texts.failure(failure)));
        Changes.on(used.leaseProperty(), this::markUsed);
        Changes.on(project.awaitedModelProperty(), this::markUsed);
        Changes.on(library.offline().offlineProperty(), this::pauseWhereOffline);
    }

    /** Models that are there first, then those that can be downloaded. */
    public ObservableList<ModelRow> rows() {
        return shown;
    }

    public ReadOnlyBooleanProperty showingProperty() {
        return showing.getReadOnlyProperty();
    }

    /** What the studio wants to know before it goes on; null if nothing. */
    public ReadOnlyObjectProperty<@Nullable ModelQuestion> questionProperty() {
        return question.getReadOnlyProperty();
    }

    /** Why the last wish could not be granted, empty if it could. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Disk use, for people. */
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /** Whether nothing is downloaded. */
    public OfflineViewModel offline() {
        return library.offline();
    }

    public void show() {
        message.set("");
        showing.set(true);
        refresh();
    }

    public void close() {
        question.set(null);
        showing.set(false);
    }

    /** What the disk says at one moment. */
    private record Shelf(List<LibraryModel> models, Map<String, Long> arrived, long free) {}

    private void refresh() {
        refreshing.run(
                (progress, cancellation) -> {
                    var arrived = new HashMap<String, Long>();
                    for (CatalogueEntry entry : library.models().catalogue().models()) {
                        arrived.put(entry.id(), library.models().arrived(entry));
                    }
                    return new Shelf(
                            library.models().models(), arrived, library.models().freeBytes());
                },
                quietly(this::found));
    }

    private void found(Shelf shelf) {
        var before = new HashMap<String, ModelRow>();
        rows.forEach(row -> before.put(row.id(), row));
        var now = new ArrayList<ModelRow>();
        var there = new HashMap<String, LibraryModel>();
        for (LibraryModel model : shelf.models()) {
            there.put(model.id(), model);
            ModelRow row = before.getOrDefault(model.id(), new ModelRow(model.id()));
            row.found(Optional.of(model), library.models().catalogue().find(model.id()), 0, words.problem(model));
            row.setFacts(words.facts(model));
            now.add(row);
        }
        for (CatalogueEntry entry : library.models().catalogue().models()) {
            if (!there.containsKey(entry.id())) {
                ModelRow row = before.getOrDefault(entry.id(), new ModelRow(entry.id()));
                row.found(Optional.empty(), Optional.of(entry), shelf.arrived().getOrDefault(entry.id(), 0L), "");
                row.setFacts(words.facts(entry));
                now.add(row);
            }
        }
        rows.setAll(now);
        markUsed();
        long bytes = shelf.models().stream().mapToLong(LibraryModel::bytes).sum();
        summary.set(texts.get("models.summary", shelf.models().size(), texts.bytes(bytes), texts.bytes(shelf.free())));
    }

    private void pauseWhereOffline() {
        if (library.offline().offlineProperty().get()) {
            rows.stream()
                    .filter(row -> row.stateProperty().get() == ModelRowState.FETCHING)
                    .forEach(ModelRow::cancelWork);
        }
    }

    private void markUsed() {
        boolean otherKept = project.awaitedModelProperty().get() != null;
        for (ModelRow row : rows) {
            boolean inUse =
                    row.model().filter(model -> used.isAt(model.folder())).isPresent();
            row.setInUse(inUse, !inUse || otherKept);
        }
    }

    /** Makes pictures with a model from now on, also those of a project that keeps another. */
    public void use(ModelRow row) {
        row.model().ifPresent(model -> {
            used.use(model.folder());
            close();
        });
    }

    /** Asks whether the licence is accepted, and downloads the model then. What was accepted before is not asked again. */
    public void download(ModelRow row) {
        if (row.stateProperty().get() == ModelRowState.PARTLY) {
            fetch(row);
        } else {
            row.entry().map(entry -> words.licence(row, entry)).ifPresent(question::set);
        }
    }

    /** Ends the work on a model; what has arrived of it is kept. */
    public void pause(ModelRow row) {
        row.cancelWork();
    }

    /** Ends a download and deletes what has arrived; where that is much, once the user has said so. */
    public void cancel(ModelRow row) {
        long bytes = row.entry().map(CatalogueEntry::bytes).orElse(0L);
        long arrived = Math.round(row.fractionProperty().get() * bytes);
        if (arrived > LITTLE_BYTES) {
            question.set(new ModelQuestion(
                    ModelQuestion.Kind.DISCARD,
                    row,
                    Optional.empty(),
                    texts.get("models.discard.title", row.name()),
                    texts.get("models.discard.text", texts.bytes(arrived), texts.bytes(bytes)),
                    "",
                    ""));
        } else {
            cancelNow(row);
        }
    }

    private void cancelNow(ModelRow row) {
        if (row.isWorking()) {
            unwanted.add(row);
            row.cancelWork();
        } else {
            discard(row);
        }
    }

    private void discard(ModelRow row) {
        row.entry()
                .ifPresent(entry -> run(
                        (progress, cancellation) -> {
                            library.models().discard(entry);
                            return entry;
                        },
                        discarded -> {
                            row.end(ModelRowState.OFFERED, "");
                            refresh();
                        }));
    }

    /** Compares a model's files with their checksums. */
    public void verify(ModelRow row) {
        Optional<LibraryModel> model = row.model();
        if (model.isEmpty() || row.isWorking()) {
            return;
        }
        row.begin(ModelRowState.CHECKING, texts.get("models.checking"));
        row.workedOnBy(jobs.run(
                (progress, cancellation) -> library.models().verify(model.get(), progress, cancellation),
                new JobRunner.Observer<List<FileCheck>>(
                        progress -> row.progress(progress.fraction(), texts.get("models.checking")),
                        checks -> row.end(ModelRowState.READY, words.verdict(checks)),
                        failure -> row.end(ModelRowState.READY, texts.failure(failure)),
                        () -> row.end(ModelRowState.READY, ""))));
    }

    /** Asks whether a model is to be removed, and removes it then. */
    public void remove(ModelRow row) {
        row.model().map(model -> words.removal(row, model)).ifPresent(question::set);
    }

    /** Lets the user choose a folder and adds it. */
    public void addFolder() {
        dialogs.chooseModelFolder().ifPresent(folder -> add(List.of(folder)));
    }

    /** Adds folders where they lie, and unpacks zips. */
    public void add(List<Path> folders) {
        message.set("");
        for (Path folder : folders) {
            if (ModelLibrary.isArchive(folder)) {
                unpacking.unpack(folder);
            } else {
                run((progress, cancellation) -> library.models().link(folder), added -> refresh());
            }
        }
    }

    /** Zips on their way into the list. */
    public UnpackingViewModel unpacking() {
        return unpacking;
    }

    /** The user says yes to the question, which is then one no more. */
    public void accept() {
        ModelQuestion asked = question.get();
        question.set(null);
        if (asked != null && asked.kind() == ModelQuestion.Kind.LICENCE) {
            fetch(asked.row());
        } else if (asked != null && asked.kind() == ModelQuestion.Kind.REMOVAL) {
            asked.removed().ifPresent(this::removeNow);
        } else if (asked != null
                && asked.kind() == ModelQuestion.Kind.DISCARD
                && asked.row().model().isEmpty()) {
            // A model that has become whole meanwhile is kept.
            cancelNow(asked.row());
        }
    }

    /** The user gives the token that was asked for, and the download goes on. */
    public void giveToken(String token) {
        ModelQuestion asked = question.get();
        if (asked != null && asked.kind() == ModelQuestion.Kind.TOKEN) {
            question.set(null);
            run(
                    (progress, cancellation) -> {
                        library.tokens().save(asked.host(), token);
                        return asked;
                    },
                    kept -> fetch(asked.row()));
        }
    }

    /** The user says no to the question. */
    public void decline() {
        question.set(null);
    }

    private void removeNow(LibraryModel model) {
        run(
                (progress, cancellation) -> {
                    library.models().remove(model);
                    return model;
                },
                removed -> refresh());
    }

    private void fetch(ModelRow row) {
        Optional<CatalogueEntry> entry = row.entry();
        if (entry.isEmpty() || row.isWorking()) {
            return;
        }
        row.begin(ModelRowState.FETCHING, texts.get("models.connecting"));
        row.workedOnBy(jobs.run(
                (progress, cancellation) -> library.downloads().download(entry.get(), progress, cancellation),
                new JobRunner.Observer<Path>(
                        progress -> row.progress(progress.fraction(), words.progress(progress, entry.get())),
                        folder -> ended(row, ""),
                        failure -> failed(row, failure),
                        () -> ended(row, ""))));
    }

    private void ended(ModelRow row, String text) {
        row.end(ModelRowState.PARTLY, text);
        if (unwanted.remove(row)) {
            discard(row);
        } else {
            refresh();
        }
    }

    private void failed(ModelRow row, Throwable failure) {
        ended(row, texts.failure(failure));
        boolean needsToken =
                failure instanceof DownloadException why && why.kind() == DownloadException.Kind.NEEDS_TOKEN;
        if (needsToken && showing.get()) {
            row.entry().map(entry -> words.token(row, entry)).ifPresent(question::set);
        }
    }

    private <T> void run(Job<T> job, Consumer<T> then) {
        message.set("");
        jobs.run(job, quietly(then));
    }

    /** Leaves the message of before, if there is one. */
    private <T> JobRunner.Observer<T> quietly(Consumer<T> then) {
        return JobRunner.Observer.of(then, failure -> message.set(texts.failure(failure)));
    }

    /** Ends all work; what has arrived is kept. */
    void cancel() {
        unpacking.cancel();
        rows.forEach(ModelRow::cancelWork);
    }
}
