package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.project.ProjectDocument;
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

    private final StudioServices services;
    private final HistoryViewModel history;
    private final ProjectViewModel project;
    private final ProjectDocuments documents;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final WriteQueue writes;
    /** Whether the work of another session is in the hands of this one without being its own yet. */
    private volatile boolean recovering;

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

    /** While old work is being brought back, nothing may take its place. */
    private void keep() {
        if (recovering) {
            return;
        }
        StudioState state = history.present();
        Optional<Path> file = project.file();
        boolean unsaved = project.unsavedProperty().get();
        ProjectDocuments.Surroundings around = project.surroundings(file.orElse(null));
        writes.write(
                services.autosaves().folder(),
                (progress, cancellation) -> write(state, around, unsaved),
                JobRunner.Observer.of(
                        kept -> message.set(""),
                        failure -> message.set(services.texts().failure(failure))));
    }

    private StudioState write(StudioState state, ProjectDocuments.Surroundings around, boolean unsaved)
            throws Exception {
        if (unsaved) {
            Map<String, Picture> unsourced = ProjectDocuments.unsourced(state);
            services.autosaves().keep(ProjectDocuments.kept(state, around), unsourced);
        } else {
            services.autosaves().forget();
        }
        return state;
    }

    /**
     * Brings back the work of a session that was cut off, if there is one; to be called once, before work begins. Where
     * the user has begun other work meanwhile, the old work is kept for the next session.
     *
     * @param afterwards when it is back, or is kept
     * @param otherwise if there is none
     */
    public void recover(Runnable afterwards, Runnable otherwise) {
        recovering = true;
        services.jobs()
                .run(
                        (progress, cancellation) ->
                                services.autosaves().recover().map(this::find),
                        new JobRunner.Observer<>(
                                progress -> {},
                                found -> {
                                    found.ifPresent(this::bringBack);
                                    recovered();
                                    found.ifPresentOrElse(work -> afterwards.run(), otherwise);
                                },
                                failure -> {
                                    services.autosaves().close();
                                    recovered();
                                    message.set(services.texts().failure(failure));
                                    otherwise.run();
                                },
                                otherwise));
    }

    private void bringBack(Found work) {
        if (project.isBegun()) {
            services.autosaves().close();
            project.tellOfWorkThatWaits();
        } else {
            project.restore(work.document(), work.opened(), work.more());
        }
    }

    private void recovered() {
        recovering = false;
        changed();
    }

    /** Ends the session in order: what was kept of it is not needed any more. Old work that is not back yet is left. */
    void close() {
        if (recovering) {
            services.autosaves().close();
        } else {
            services.autosaves().forget();
        }
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
