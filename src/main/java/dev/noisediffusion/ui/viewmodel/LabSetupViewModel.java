package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.lab.Experiment;
import dev.noisediffusion.lab.Experiments;
import dev.noisediffusion.lab.PictureSet;
import dev.noisediffusion.morph.Keyframe;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What the lab is to run: an experiment, photographs, and how many pairs of them. */
public final class LabSetupViewModel {
    /** Few, so that it is over in minutes. */
    private static final int USUAL_PAIRS = 3;

    private final JobRunner jobs;
    private final Newest opening;
    private final Newest choosing;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final LabServices lab;
    private final LabWords words;
    private final KeyframesViewModel keyframes;
    private final Supplier<Optional<ModelLease>> model;
    private final ObservableList<LabExperiment> experiments = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable LabExperiment> experiment = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable PictureSet> folder = new ReadOnlyObjectWrapper<>();
    /** Whether a folder was chosen that is still being read. */
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();

    private final NumberParameter pairs =
            new NumberParameter("labPairs", NumberParameter.Range.of(1, 1000, 0), USUAL_PAIRS);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper counted = new ReadOnlyStringWrapper("");
    private final Changes changes = new Changes();

    LabSetupViewModel(
            StudioServices services,
            LabWords words,
            KeyframesViewModel keyframes,
            Supplier<Optional<ModelLease>> model) {
        this.jobs = services.jobs();
        this.opening = new Newest(jobs);
        this.choosing = new Newest(jobs);
        this.dialogs = services.dialogs();
        this.texts = services.texts();
        this.lab = services.lab();
        this.words = words;
        this.keyframes = keyframes;
        this.model = model;
        Changes.on(folder, this::count);
        Changes.on(reading, this::count);
        Changes.on(keyframes.revision(), this::count);
        count();
        Changes.on(experiment, changes::happened);
        Changes.on(folder, changes::happened);
        Changes.on(reading, changes::happened);
        Changes.on(pairs.valueProperty(), changes::happened);
    }

    /** Those that come with the studio, and those that were opened. */
    public ObservableList<LabExperiment> experiments() {
        return experiments;
    }

    public ObjectProperty<@Nullable LabExperiment> experimentProperty() {
        return experiment;
    }

    /** Whether the photographs of a folder are taken, and not the pictures of the morph. */
    public ObservableValue<Boolean> isOfFolder() {
        return folder.map(set -> true).orElse(false);
    }

    /** Whether a folder is taken, or will be once it is read. */
    public ObservableValue<Boolean> isFolderChosen() {
        return reading.flatMap(now -> isOfFolder().map(taken -> now || taken));
    }

    /** The folder of photographs, empty where none is taken. */
    public ObservableValue<String> folderName() {
        return folder.map(set -> Objects.requireNonNull(set).folder().toString())
                .orElse("");
    }

    /** What is chosen of photographs, in words. */
    public ReadOnlyStringProperty countedProperty() {
        return counted.getReadOnlyProperty();
    }

    public NumberParameter pairs() {
        return pairs;
    }

    /** Why a file or folder could not be taken, empty if all is well. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** Reads the experiments that come with the studio, once. */
    void load() {
        if (experiments.isEmpty()) {
            jobs.run((progress, cancellation) -> new Experiments(lab.experiments()).all(), observer(this::loaded));
        }
    }

    private void loaded(List<Experiment> read) {
        if (experiments.isEmpty()) {
            experiments.setAll(read.stream().map(words::ofStudio).toList());
            experiments.stream()
                    .filter(each -> each.experiment().name().equals("gamma"))
                    .findFirst()
                    .or(() -> experiments.stream().findFirst())
                    .ifPresent(experiment::set);
        }
    }

    /** Lets the user choose an experiment of their own. */
    public void openExperiment() {
        dialogs.chooseExperiment()
                .ifPresent(file -> opening.run((progress, cancellation) -> Experiment.read(file), observer(read -> {
                    var own = new LabExperiment(read.title(), read.question(), read);
                    experiments.remove(own);
                    experiments.add(own);
                    experiment.set(own);
                })));
    }

    /** Lets the user choose a folder of photographs. */
    public void chooseFolder() {
        dialogs.choosePhotographs().ifPresent(this::read);
    }

    private void read(Path chosen) {
        message.set("");
        reading.set(true);
        choosing.run(
                (progress, cancellation) -> cancellation.during(() -> PictureSet.below(chosen)),
                new JobRunner.Observer<PictureSet>(
                        progress -> {},
                        read -> {
                            folder.set(read);
                            reading.set(false);
                        },
                        failure -> {
                            message.set(texts.failure(failure));
                            reading.set(false);
                        },
                        () -> reading.set(false)));
    }

    /** Back to the pictures of the morph. */
    public void takePicturesOfMorph() {
        choosing.forget();
        folder.set(null);
        reading.set(false);
    }

    private <T> JobRunner.Observer<T> observer(java.util.function.Consumer<T> then) {
        message.set("");
        return JobRunner.Observer.of(then, failure -> message.set(texts.failure(failure)));
    }

    /** The pictures of the morph, whether they are taken or not. */
    private List<Keyframe> ofMorph() {
        return keyframes.keyframes().map(LabPhotographs.OfMorph::distinct).orElse(List.of());
    }

    /** How many photographs there are. */
    int photographs() {
        PictureSet chosen = folder.get();
        return chosen == null ? ofMorph().size() : chosen.size();
    }

    /** As many pairs as the photographs make. */
    private static long possible(long count) {
        return count * (count - 1) / 2;
    }

    /** What is chosen, if it can be run. */
    Optional<LabOrder> order() {
        LabExperiment wanted = experiment.get();
        if (wanted == null || problemKey().isPresent()) {
            return Optional.empty();
        }
        Experiment chosen = wanted.experiment();
        Experiment.PairCounts counts = chosen.pairs().of(pairs.getInt());
        int natural = (int) Math.min(counts.natural(), possible(photographs()));
        PictureSet set = folder.get();
        return model.get().map(lease -> {
            LabPhotographs photographs = set == null
                    ? new LabPhotographs.OfMorph(ofMorph(), lease.open().shape())
                    : new LabPhotographs.InFolder(set);
            return new LabOrder(
                    chosen.withPairs(new Experiment.PairCounts(
                            natural, counts.generated(), counts.seed(), counts.generatedSteps())),
                    chosen.pairs().natural() == 0 ? new LabPhotographs.InFolder(PictureSet.none()) : photographs,
                    lease);
        });
    }

    private Optional<String> problemKey() {
        LabExperiment chosen = experiment.get();
        if (model.get().isEmpty()) {
            return Optional.of("lab.noModel");
        }
        if (chosen == null || chosen.experiment().pairs().natural() == 0) {
            return Optional.empty();
        }
        if (reading.get()) {
            return Optional.of("lab.photographs.reading");
        }
        return photographs() < 2 ? Optional.of("lab.noPhotographs") : Optional.empty();
    }

    /** Why nothing can be run yet, empty where it can. */
    String problem() {
        return problemKey().map(texts::get).orElse("");
    }

    private void count() {
        counted.set(
                reading.get()
                        ? texts.get("lab.photographs.reading")
                        : texts.get("lab.pairs.of", photographs(), possible(photographs())));
    }
}
