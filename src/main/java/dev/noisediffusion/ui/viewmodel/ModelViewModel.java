package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.DeviceNotice;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.MorphRenderer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** The model in use. One that cannot be opened leaves the one before it in use. */
public final class ModelViewModel implements AutoCloseable {
    private final JobRunner jobs;
    private final ModelOpener opener;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<ModelState> state = new ReadOnlyObjectWrapper<>(ModelState.NONE);
    private final ReadOnlyObjectWrapper<ModelLease> lease = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper device = new ReadOnlyStringWrapper("");
    private Optional<Path> folder = Optional.empty();
    private Optional<Path> asked = Optional.empty();
    private CancellationToken opening = new CancellationToken();

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

    /** Lets the user choose a model's folder. */
    public void choose() {
        dialogs.chooseModelFolder().ifPresent(this::open);
    }

    /** Opens a model in place of the one in use. Choosing another meanwhile ends this one. */
    public void open(Path folder) {
        opening.cancel();
        asked = Optional.of(folder);
        message.set("");
        state.set(ModelState.OPENING);
        var arrived = new AtomicReference<@Nullable ModelLease>();
        var observer = new JobRunner.Observer<ModelLease>(
                progress -> {}, lease -> opened(lease, folder), this::failed, () -> closeInBackground(arrived.get()));
        opening = jobs.run(
                (progress, cancellation) -> {
                    var opened = new ModelLease(cancellation.during(() -> opener.open(folder)));
                    arrived.set(opened);
                    return opened;
                },
                observer);
    }

    /** Tells what happened to the device of the model in use. That a server is back ends the news that it was lost. */
    public void hear(DeviceNotice notice) {
        switch (notice) {
            case DeviceNotice.Moved(String other) -> {
                device.set(other);
                message.set(texts.notice(notice));
            }
            case DeviceNotice.ServerBack(String server) -> {
                if (message.get().equals(texts.notice(new DeviceNotice.ServerLost(server)))) {
                    message.set("");
                }
            }
            default -> message.set(texts.notice(notice));
        }
    }

    /** Opens the model in use, or the one that is on its way, again, such as for another device. */
    public void reopen() {
        (state.get() == ModelState.OPENING ? asked : folder).ifPresent(this::open);
    }

    private void opened(ModelLease next, Path from) {
        folder = Optional.of(from);
        ModelLease before = lease.get();
        lease.set(next);
        device.set(next.open().device());
        next.open()
                .fallback()
                .ifPresent(trouble -> message.set(texts.get(
                        "device.fallback", texts.trouble(trouble), next.open().device())));
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
                new JobRunner.Observer<>(progress -> {}, closed -> {}, this::failed, () -> {}));
    }

    private void failed(Throwable failure) {
        message.set(texts.failure(failure));
        rest();
    }

    private void rest() {
        state.set(lease.get() == null ? ModelState.NONE : ModelState.READY);
    }

    public void dismissMessage() {
        message.set("");
    }

    /** Gives up opening a model; the one in use stays. */
    void cancel() {
        opening.cancel();
        rest();
    }

    /** Closes the model; waits for work that uses it, so this is for a background thread. */
    @Override
    public void close() {
        lease().ifPresent(ModelLease::close);
    }
}
