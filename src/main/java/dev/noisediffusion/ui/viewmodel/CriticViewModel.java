package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Progress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/**
 * The artifact critic of the model in use: its scores of the film's frames, where the artifacts of the frame in sight are, and
 * its training. Nothing is read or scored until someone wants to see it.
 */
public final class CriticViewModel implements AutoCloseable {
    private final JobRunner jobs;
    private final Critics critics;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final ModelViewModel model;
    private final PlaybackViewModel playback;
    private final PreviewViewModel preview;
    private final CompareViewModel compare;
    private final ArtifactScores scores;
    private final LongWork training;
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final BooleanProperty heatShown = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<CriticState> state = new ReadOnlyObjectWrapper<>(CriticState.UNKNOWN);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper news = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper alarming = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Raster> heat = new ReadOnlyObjectWrapper<>();
    private Optional<String> sought = Optional.empty();
    private CancellationToken trainingToken = new CancellationToken();
    private @Nullable FrameCritic critic;

    CriticViewModel(
            StudioServices services,
            ModelViewModel model,
            FilmstripViewModel film,
            PlaybackViewModel playback,
            PreviewViewModel preview,
            CompareViewModel compare) {
        this.jobs = services.jobs();
        this.critics = services.critics();
        this.dialogs = services.dialogs();
        this.texts = services.texts();
        this.model = model;
        this.playback = playback;
        this.preview = preview;
        this.compare = compare;
        scores = new ArtifactScores(
                jobs, film, playback, ArtifactScores.USUALLY_KNOWN, this::showHeat, this::scoringFailed);
        training = new LongWork("critic", texts, () -> trainingToken.cancel());
        Changes.on(shown, this::toggled);
        Changes.on(model.leaseProperty(), this::modelChanged);
        Changes.on(heatShown, this::showHeat);
        Changes.on(playback.indexProperty(), this::showHeat);
        Changes.on(compare.revision(), this::showHeat);
        Changes.on(preview.mainStaleProperty(), this::showHeat);
        Changes.on(preview.panes().getFirst().coveredProperty(), this::showHeat);
    }

    /** Whether the frames are scored and marked; off at first. */
    public BooleanProperty shownProperty() {
        return shown;
    }

    /** Whether the frame in sight shows where its artifacts are. */
    public BooleanProperty heatShownProperty() {
        return heatShown;
    }

    /** Lies over the frame in sight, in the first pane; null while there is nothing to lie there. */
    public ReadOnlyObjectProperty<@Nullable Raster> heatProperty() {
        return heat.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<CriticState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** What there is to say of the critic: that there is none, why it does not score, or what it is worth. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** The training, running or not. */
    public LongWork training() {
        return training;
    }

    /** How a training ended of whose critic nothing is shown now; empty if none did. */
    public ReadOnlyStringProperty newsProperty() {
        return news.getReadOnlyProperty();
    }

    /** Whether the news tell of something that went wrong. */
    public ReadOnlyBooleanProperty alarmingProperty() {
        return alarming.getReadOnlyProperty();
    }

    public void dismissNews() {
        news.set("");
    }

    private void toggled() {
        if (shown.get()) {
            find();
        } else {
            forget();
        }
    }

    private void modelChanged() {
        forget();
        if (shown.get()) {
            find();
        }
    }

    private void forget() {
        sought = Optional.empty();
        hold(null);
        tell(CriticState.UNKNOWN, "");
    }

    /** Takes a critic over in place of the one there was. */
    private void hold(@Nullable FrameCritic next) {
        closeInBackground(critic);
        critic = next;
        scores.use(next != null && next.grade().good() ? next : null, sought);
    }

    private void closeInBackground(@Nullable FrameCritic before) {
        if (before != null) {
            jobs.run(
                    (progress, cancellation) -> {
                        before.close();
                        return before;
                    },
                    JobRunner.Observer.of(closed -> {}, failure -> {}));
        }
    }

    private Optional<String> modelId() {
        return model.lease().map(lease -> lease.open().model().id());
    }

    private void find() {
        sought = modelId();
        sought.ifPresent(id -> {
            var arrived = new AtomicReference<@Nullable FrameCritic>();
            jobs.run(
                    (progress, cancellation) -> {
                        Optional<FrameCritic> found = critics.find(id);
                        arrived.set(found.orElse(null));
                        return found;
                    },
                    new JobRunner.Observer<>(
                            progress -> {},
                            found -> adopt(id, found.orElse(null)),
                            failure -> failed(id, failure),
                            () -> closeInBackground(arrived.get())));
        });
    }

    private boolean isSought(String id) {
        return sought.equals(Optional.of(id));
    }

    private void adopt(String id, @Nullable FrameCritic found) {
        if (!isSought(id)) {
            closeInBackground(found);
            return;
        }
        if (found == null) {
            tell(CriticState.MISSING, texts.get("critic.missing", model.name().getValue()));
        } else {
            FrameCritic.Grade grade = found.grade();
            tell(
                    grade.good() ? CriticState.GOOD : CriticState.POOR,
                    texts.get(
                            grade.good() ? "critic.good" : "critic.poor",
                            grade.photographs(),
                            texts.number(grade.accuracy(), 2),
                            texts.number(grade.auc(), 2),
                            texts.number(grade.low(), 2),
                            texts.number(grade.high(), 2),
                            texts.number(grade.calibrationError(), 2)));
        }
        // Last, since it asks for scores, and what is said of a failure must stay.
        hold(found);
    }

    private void failed(String id, Throwable failure) {
        if (isSought(id)) {
            tell(CriticState.FAILED, texts.failure(failure));
        }
    }

    private void trained(String id, String modelName, FrameCritic trained) {
        if (!isSought(id)) {
            boolean good = trained.grade().good();
            tellOfTraining(texts.get(good ? "critic.trained" : "critic.trained.poor", modelName), !good);
        }
        adopt(id, trained);
    }

    /** A critic that is there stays in use. */
    private void trainingFailed(String id, String modelName, Throwable failure) {
        if (!isSought(id)) {
            tellOfTraining(texts.get("critic.trained.not", modelName, texts.failure(failure)), true);
        } else if (critic == null) {
            failed(id, failure);
        } else {
            message.set(texts.failure(failure));
        }
    }

    private void tellOfTraining(String sentence, boolean alarm) {
        alarming.set(alarm);
        news.set(sentence);
    }

    /** Lets go of the critic; the marks of the frames it has judged go too. */
    private void scoringFailed(Throwable failure) {
        hold(null);
        tell(CriticState.FAILED, texts.failure(failure));
    }

    private void tell(CriticState next, String sentence) {
        state.set(next);
        message.set(sentence);
        showHeat();
    }

    /** Lets the user choose a folder of photographs and trains the critic of the model in use on them. */
    public void train() {
        if (!training.runningProperty().get()) {
            model.folder()
                    .ifPresent(folder -> modelId()
                            .ifPresent(id -> dialogs.choosePhotographs()
                                    .ifPresent(photographs -> train(folder, id, photographs))));
        }
    }

    private void train(Path folder, String id, Path photographs) {
        training.show(true, texts.get("critic.starting"), null);
        dismissNews();
        String modelName = model.name().getValue();
        var arrived = new AtomicReference<@Nullable FrameCritic>();
        trainingToken = jobs.run(
                (progress, cancellation) -> {
                    FrameCritic trained = critics.train(folder, photographs, progress, cancellation);
                    arrived.set(trained);
                    return trained;
                },
                new JobRunner.Observer<>(
                        this::progressed,
                        trained -> {
                            rest();
                            trained(id, modelName, trained);
                        },
                        failure -> {
                            rest();
                            trainingFailed(id, modelName, failure);
                        },
                        () -> {
                            rest();
                            closeInBackground(arrived.get());
                        }));
    }

    private void progressed(Progress news) {
        training.show(true, texts.activity(news.activity()), news);
    }

    private void rest() {
        training.show(false, "", null);
    }

    private void showHeat() {
        boolean possible = heatShown.get()
                && state.get() == CriticState.GOOD
                && compare.sides().getFirst() == CompareSide.CURRENT
                && !preview.mainStaleProperty().get()
                && !preview.panes().getFirst().coveredProperty().get();
        heat.set(possible ? scores.heat(playback.indexProperty().get()).orElse(null) : null);
    }

    /** Ends the training. */
    void cancel() {
        training.cancel();
    }

    /** Lets go of the critic; waits for a judgement in progress, so this is for a background thread. */
    @Override
    public void close() {
        if (critic != null) {
            critic.close();
        }
    }
}
