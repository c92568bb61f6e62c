package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.lab.LabReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The folder of a run of the lab, and its report. */
public final class LabFolderViewModel {
    private final StudioServices services;
    private final Consumer<Throwable> trouble;
    private final ReadOnlyObjectWrapper<@Nullable Path> path = new ReadOnlyObjectWrapper<>();

    /** @param trouble is told what goes wrong */
    LabFolderViewModel(StudioServices services, Consumer<Throwable> trouble) {
        this.services = services;
        this.trouble = trouble;
    }

    /** Where the results lie, or will lie; null while nothing can be run. */
    public ReadOnlyObjectProperty<@Nullable Path> pathProperty() {
        return path.getReadOnlyProperty();
    }

    void set(@Nullable Path now) {
        path.set(now);
    }

    /** Writes the report of what is measured and opens it. */
    public void openReport() {
        with(place -> services.dialogs().open(LabReport.write(LabReport.resultsIn(place), place)));
    }

    /** Shows the folder. */
    public void show() {
        with(place ->
                services.dialogs().showInFolder(Files.createDirectories(place).resolve("report.html")));
    }

    @FunctionalInterface
    private interface Work {
        void on(Path folder) throws Exception;
    }

    private void with(Work work) {
        Path place = path.get();
        if (place != null) {
            services.jobs()
                    .run(
                            (listener, cancellation) -> {
                                work.on(place);
                                return place;
                            },
                            JobRunner.Observer.of(done -> {}, trouble));
        }
    }
}
