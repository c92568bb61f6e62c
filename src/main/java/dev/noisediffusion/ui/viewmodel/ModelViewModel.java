package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.job.Trouble;
import dev.noisediffusion.morph.MorphRenderer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** The model in use. One that cannot be opened leaves the one before it in use, or lets one that was on its way come. */
public final class ModelViewModel implements AutoCloseable {
    /** A model from its opening on: the one in use, the one on its way, or one that is neither any more. */
    private static final class Candidate {
        /** Whether it comes in place of the one that was asked for, which cannot be opened. */
        private final boolean isSubstitute;

        private final AtomicReference<@Nullable ModelLease> lease = new AtomicReference<>();
        /** What it has moved to before it came into use, null if it has not; for the thread of events. */
        private @Nullable String movedTo;

        Candidate(boolean isSubstitute) {
            this.isSubstitute = isSubstitute;
        }
    }

    /** At the end, with what still uses the model though renders and jobs have been waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JobRunner jobs;
    private final ModelOpener opener;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<ModelState> state = new ReadOnlyObjectWrapper<>(ModelState.NONE);
    private final ReadOnlyObjectWrapper<ModelLease> lease = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper refused = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper device = new ReadOnlyStringWrapper("");
    private Optional<Path> folder = Optional.empty();
    /** What was asked for last, also while a substitute for it is on its way; what is in use where that was given up. */
    private Optional<Path> asked = Optional.empty();
    /** What is being opened, or was last. */
    private Optional<Path> onItsWay = Optional.empty();
    /**
     * What was on its way when another was asked for, newest first; where no model is in use, they come one after another
     * until one can be opened.
     */
    private final Deque<Path> superseded = new ArrayDeque<>();

    private Consumer<Path> wishes = place -> {};
    private CancellationToken opening = new CancellationToken();
    private Candidate newest = new Candidate(false);
    /** Whether the model in use is to come on another device, until it has, it cannot, or another one is in use. */
    private boolean isToMove;
    /** Whether the message tells of the model in use, and not of one that is or was on its way. */
    private boolean tellsOfUsed;

    ModelViewModel(JobRunner jobs, ModelOpener opener, FileDialogs dialogs, Texts texts) {
        this.jobs = jobs;
        this.opener = opener;
        this.dialogs = dialogs;
        this.texts = texts;
    }

    public ReadOnlyObjectProperty<ModelState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Why the folder chosen last could not be opened, or runs elsewhere than it was meant to; empty if all is well. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Whether the message tells of a model that could not be opened, in whose place another can be chosen. */
    public ReadOnlyBooleanProperty refusedProperty() {
        return refused.getReadOnlyProperty();
    }

    /** The name of the model in use, or that there is none. */
    public ObservableValue<String> name() {
        return lease.map(used -> used.open().model().name()).orElse(texts.get("model.none"));
    }

    /** What the model runs on, empty if there is none. */
    public ReadOnlyStringProperty device() {
        return device.getReadOnlyProperty();
    }

    /** How the model in use reads words, null where it reads none. */
    ObservableValue<@Nullable WordReader> wordReader() {
        return lease.map(ModelViewModel::wordReader);
    }

    private static @Nullable WordReader wordReader(ModelLease used) {
        MorphRenderer renderer = used.open().renderer();
        return renderer.readsPrompts() ? renderer::unread : null;
    }

    public ObservableValue<FrameShape> shape() {
        return lease.map(used -> used.open().shape()).orElse(FrameShape.SQUARE);
    }

    ReadOnlyObjectProperty<ModelLease> leaseProperty() {
        return lease.getReadOnlyProperty();
    }

    Optional<ModelLease> lease() {
        return Optional.ofNullable(lease.get());
    }

    /** Where the model in use lies. */
    Optional<Path> folder() {
        return folder;
    }

    /** Whether the model in use lies at a place, however that is written. */
    boolean isAt(Path place) {
        return folder.filter(used -> plain(used).equals(plain(place))).isPresent();
    }

    private static Path plain(Path place) {
        return place.toAbsolutePath().normalize();
    }

    /** Lets the user choose a model's folder. */
    public void choose() {
        dialogs.chooseModelFolder().ifPresent(this::use);
    }

    /** Makes pictures with a model because the user asks for it; the one in use stays as it is. */
    void use(Path place) {
        wishes.accept(place);
        if (isAt(place)) {
            stay();
        } else {
            open(place);
        }
    }

    /** Says who hears where the model lies that the user asks for, before it opens. */
    void tellWishesTo(Consumer<Path> listener) {
        wishes = listener;
    }

    /**
     * Opens the model that a session begins with. That the server chosen as the device has another one is no news then: nobody
     * has asked for this one, and who has put a model of their own there would be told at every start.
     */
    public void begin(Path folder) {
        open(folder, trouble -> !isOfAnotherModel(trouble));
    }

    private static boolean isOfAnotherModel(Trouble trouble) {
        return trouble instanceof Trouble.ServerFault server
                && (server.fault() == Trouble.Fault.OTHER_MODEL || server.fault() == Trouble.Fault.OTHER_GRAPH);
    }

    /** Opens a model in place of the one in use. Choosing another meanwhile ends this one. */
    public void open(Path folder) {
        open(folder, trouble -> true);
    }

    /** @param news which troubles with its device are told */
    private void open(Path folder, Predicate<Trouble> news) {
        if (state.get() == ModelState.OPENING) {
            onItsWay.ifPresent(place -> {
                superseded.remove(place);
                superseded.push(place);
            });
        } else {
            superseded.clear();
        }
        // Nothing comes in place of itself.
        superseded.remove(folder);
        asked = Optional.of(folder);
        say("", false);
        start(folder, news, new Candidate(false));
    }

    private void say(String text, boolean ofUsed) {
        refused.set(false);
        message.set(text);
        tellsOfUsed = ofUsed;
    }

    private void start(Path folder, Predicate<Trouble> news, Candidate candidate) {
        opening.cancel();
        state.set(ModelState.OPENING);
        onItsWay = Optional.of(folder);
        newest = candidate;
        var observer = new JobRunner.Observer<ModelLease>(
                progress -> {},
                lease -> opened(lease, folder, candidate.movedTo, news),
                failure -> notOpened(failure, candidate),
                () -> closeInBackground(candidate.lease.get()));
        Consumer<DeviceNotice> notices = notice -> jobs.dispatch(() -> hear(notice, candidate));
        opening = jobs.run(
                (progress, cancellation) -> {
                    var opened = new ModelLease(cancellation.during(() -> opener.open(folder, notices)));
                    candidate.lease.set(opened);
                    return opened;
                },
                observer);
    }

    /** The device of a model on its way is not shown before it is in use; of one that has gone nothing is told. */
    private void hear(DeviceNotice notice, Candidate from) {
        ModelLease used = lease.get();
        if (used != null && used.equals(from.lease.get())) {
            hear(notice);
        } else if (from == newest && state.get() == ModelState.OPENING) {
            if (notice instanceof DeviceNotice.Moved(String other)) {
                from.movedTo = other;
            }
            tell(notice, false);
        }
    }

    /** Tells what happened to the device of the model in use. */
    void hear(DeviceNotice notice) {
        if (notice instanceof DeviceNotice.Moved(String other)) {
            device.set(other);
        }
        tell(notice, true);
    }

    /** That a server is back ends the news that it was lost. */
    private void tell(DeviceNotice notice, boolean ofUsed) {
        if (!(notice instanceof DeviceNotice.ServerBack(String server))) {
            say(texts.notice(notice), ofUsed);
        } else if (message.get().equals(texts.notice(new DeviceNotice.ServerLost(server)))) {
            say("", false);
        }
    }

    /** Opens the model in use, or the one that is on its way or could not be opened, again, such as for another device. */
    public void reopen() {
        isToMove = lease.get() != null;
        (state.get() == ModelState.READY ? folder : asked).ifPresent(this::open);
    }

    private void opened(ModelLease next, Path from, @Nullable String movedTo, Predicate<Trouble> news) {
        folder = Optional.of(from);
        isToMove = false;
        ModelLease before = lease.get();
        lease.set(next);
        device.set(movedTo == null ? next.open().device() : movedTo);
        if (tellsOfUsed) {
            // Of the one before.
            say("", false);
        }
        next.open()
                .fallback()
                .filter(news)
                .ifPresent(trouble -> say(
                        texts.get(
                                "device.fallback",
                                texts.trouble(trouble),
                                next.open().device()),
                        true));
        state.set(ModelState.READY);
        closeInBackground(before);
    }

    private void closeInBackground(@Nullable ModelLease before) {
        if (before == null) {
            return;
        }
        jobs.run(
                (progress, cancellation) -> {
                    before.close();
                    return before;
                },
                JobRunner.Observer.of(closed -> {}, failure -> say(texts.failure(failure), false)));
    }

    private void notOpened(Throwable failure, Candidate which) {
        if (which != newest) {
            return;
        }
        if (!which.isSubstitute) {
            // Of what comes in its place nothing is told, wherever that runs and whether it opens.
            say(texts.failure(failure), false);
            refused.set(true);
        }
        instead().ifPresentOrElse(place -> start(place, trouble -> false, new Candidate(true)), this::rest);
    }

    /** What comes in place of what could not be opened. */
    private Optional<Path> instead() {
        if (lease.get() == null) {
            return Optional.ofNullable(superseded.poll());
        }
        isToMove &= !onItsWay.equals(folder);
        return isToMove ? folder : Optional.empty();
    }

    private void rest() {
        state.set(lease.get() == null ? ModelState.NONE : ModelState.READY);
    }

    public void dismissMessage() {
        message.set("");
    }

    /** Keeps the model in use: another one that is on its way is given up, the same for another device is not. */
    void stay() {
        if (state.get() == ModelState.OPENING && !asked.equals(folder)) {
            if (isToMove) {
                folder.ifPresent(this::open);
            } else {
                cancel();
            }
        }
    }

    /** Gives up opening a model, on any device; the one in use stays. */
    void cancel() {
        opening.cancel();
        isToMove = false;
        asked = folder;
        superseded.clear();
        rest();
    }

    /**
     * Closes the model for good; waits for work that uses it, half a minute at most, so this is for a background thread.
     *
     * @throws IllegalStateException if it is still used then; it stays open
     */
    @Override
    public void close() {
        lease().ifPresent(used -> used.closeWithin(PATIENCE));
    }
}
