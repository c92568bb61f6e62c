package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.project.ProjectDocument;
import dev.noisediffusion.project.ProjectException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Keeps unsaved work, so that it comes back when the session is cut off. One state is written at a time, and of those
 * that come meanwhile only the newest.
 */
public final class AutosaveViewModel {
    /**
     * Work found, with the document it comes from.
     *
     * @param more whether that of another session waits
     */
    private record Found(ProjectDocument document, ProjectDocuments.Opened opened, boolean more) {}

    /** @param unsaved whether it is to be kept at all */
    private record Work(StudioState state, ProjectDocuments.Surroundings around, boolean unsaved) {}

    private final StudioServices services;
    private final HistoryViewModel history;
    private final ProjectViewModel project;
    private final ProjectDocuments documents;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final WriteQueue writes;
    /** Whether something was kept that is this session's own; what is still on its way back from another waits then. */
    private boolean begun;
    /** Whether the process ends, with its last work kept; guarded by this. */
    private boolean over;

    AutosaveViewModel(StudioServices services, HistoryViewModel history, ProjectViewModel project) {
        this.services = services;
        this.history = history;
        this.project = project;
        this.documents = new ProjectDocuments(services.pictures(), services.texts());
        this.writes = WriteQueue.ofStates(services.jobs());
        Changes.on(project.revision(), this::changed);
    }

    /** Why the work cannot be kept, empty if it is. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    public void dismissMessage() {
        message.set("");
    }

    private void changed() {
        services.keeping().restart(this::keep);
    }

    private void keep() {
        Work work = take();
        if (begun) {
            writes.write(
                    services.autosaves().folder(),
                    (progress, cancellation) -> {
                        write(work);
                        return work;
                    },
                    JobRunner.Observer.of(
                            kept -> message.set(""),
                            failure -> message.set(services.texts().failure(failure))));
        }
    }

    /**
     * Takes the work as it is at this moment, when the process is to end and cannot wait for the hand to rest; for the
     * thread of events.
     *
     * @return keeps it, on any other thread, after what is being kept just now, however long that takes; from then on nothing
     *     takes its place
     */
    public AutoCloseable lastWork() {
        services.keeping().cancel();
        Work work = take();
        begun = true;
        return () -> writeLast(work);
    }

    /** Takes the work to be kept, as it is. */
    private Work take() {
        Optional<Path> file = project.file();
        boolean unsaved = project.unsavedProperty().get();
        begun |= unsaved;
        return new Work(history.present(), project.surroundings(file.orElse(null)), unsaved);
    }

    private synchronized void writeLast(Work work) throws ProjectException {
        write(work);
        over = true;
    }

    private synchronized void write(Work work) throws ProjectException {
        if (over) {
            return;
        }
        if (work.unsaved()) {
            Map<String, Picture> unsourced = ProjectDocuments.unsourced(work.state());
            services.autosaves().keep(ProjectDocuments.kept(work.state(), work.around()), unsourced);
        } else {
            services.autosaves().forget();
        }
    }

    /**
     * Brings back the work of a session that was cut off, if there is one; to be called once, before work begins. Where
     * the user has begun other work meanwhile, the old work is kept for the next session.
     *
     * @param afterwards when it is back, or is kept
     * @param otherwise if there is none
     */
    public void recover(Runnable afterwards, Runnable otherwise) {
        services.jobs()
                .run(
                        (progress, cancellation) ->
                                services.autosaves().recover().map(this::find),
                        new JobRunner.Observer<>(
                                progress -> {},
                                found -> {
                                    found.ifPresent(this::bringBack);
                                    found.ifPresentOrElse(work -> afterwards.run(), otherwise);
                                },
                                failure -> {
                                    services.autosaves().leave();
                                    message.set(services.texts().failure(failure));
                                    otherwise.run();
                                },
                                otherwise));
    }

    private void bringBack(Found work) {
        if (begun || project.isBegun()) {
            services.autosaves().leave();
            project.tellOfWorkThatWaits();
        } else {
            services.autosaves().adopt();
            begun = true;
            project.restore(work.document(), work.opened(), work.more());
        }
    }

    /**
     * Ends the session in order: what was kept of it is not needed any more. Old work that is not back yet is left. Waits some
     * seconds at most for what is being kept.
     */
    void close() {
        services.autosaves().forget();
        services.autosaves().leave();
    }

    private Found find(ProjectDocument document) {
        Path folder = ProjectDocuments.path(document.origin())
                .flatMap(origin -> Optional.ofNullable(origin.getParent()))
                .orElse(Path.of("").toAbsolutePath());
        return new Found(
                document,
                documents.open(document, folder, services.autosaves()::picture),
                services.autosaves().isMoreWaiting());
    }
}
