package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.library.CatalogueEntry;
import dev.noisediffusion.library.LibraryModel;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** A model of the list: one that is there, or one that can be had. It outlives the reading of the disk. */
public final class ModelRow {
    private final String id;
    private final ReadOnlyObjectWrapper<ModelRowState> state = new ReadOnlyObjectWrapper<>(ModelRowState.OFFERED);
    private final ReadOnlyBooleanWrapper inUse = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper choosable = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper facts = new ReadOnlyStringWrapper("");
    private Optional<LibraryModel> model = Optional.empty();
    private Optional<CatalogueEntry> entry = Optional.empty();
    private Optional<CancellationToken> work = Optional.empty();

    ModelRow(String id) {
        this.id = id;
    }

    /** What it is called on the command line. */
    public String id() {
        return id;
    }

    /** The model, if it is there. */
    Optional<LibraryModel> model() {
        return model;
    }

    /** Its entry in the catalogue, if it has one. */
    Optional<CatalogueEntry> entry() {
        return entry;
    }

    public String name() {
        return model.map(LibraryModel::name)
                .or(() -> entry.map(CatalogueEntry::name))
                .orElse(id);
    }

    /** What it is good for, may be empty. */
    public String description() {
        return model.map(LibraryModel::description)
                .or(() -> entry.map(CatalogueEntry::goodFor))
                .orElse("");
    }

    /** Licence, size and where it lies, in a line. */
    public ReadOnlyStringProperty factsProperty() {
        return facts.getReadOnlyProperty();
    }

    /** Whether the studio may take it off the list. */
    public boolean isRemovable() {
        return model.filter(LibraryModel::isRemovable).isPresent();
    }

    public ReadOnlyObjectProperty<ModelRowState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Whether it is the one that makes the pictures. */
    public ReadOnlyBooleanProperty inUseProperty() {
        return inUse.getReadOnlyProperty();
    }

    /** Whether it is offered to be used: it is not in use, or the project keeps another. */
    public ReadOnlyBooleanProperty choosableProperty() {
        return choosable.getReadOnlyProperty();
    }

    /** How far the work on it is, in [0, 1]. */
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    /** What there is to say about it, may be empty. */
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    boolean isWorking() {
        return state.get() == ModelRowState.FETCHING || state.get() == ModelRowState.CHECKING;
    }

    /**
     * What the disk says; work in progress is not disturbed.
     *
     * @param problem why what is there cannot be opened, for people; empty where it can
     */
    void found(Optional<LibraryModel> there, Optional<CatalogueEntry> offered, long arrived, String problem) {
        model = there;
        entry = offered;
        if (isWorking()) {
            return;
        }
        fraction.set(offered.map(known -> Math.min(1, (double) arrived / known.bytes()))
                .orElse(0.0));
        if (state.get() == ModelRowState.UNUSABLE) {
            note.set("");
        }
        if (there.isPresent()) {
            state.set(there.get().isUsable() ? ModelRowState.READY : ModelRowState.UNUSABLE);
            if (!there.get().isUsable()) {
                note.set(problem);
            }
        } else {
            state.set(arrived > 0 ? ModelRowState.PARTLY : ModelRowState.OFFERED);
        }
    }

    void setFacts(String text) {
        facts.set(text);
    }

    void setInUse(boolean used, boolean canBeChosen) {
        inUse.set(used);
        choosable.set(canBeChosen);
    }

    void begin(ModelRowState doing, String text) {
        state.set(doing);
        note.set(text);
    }

    void workedOnBy(CancellationToken token) {
        work = Optional.of(token);
    }

    void progress(double done, String text) {
        fraction.set(done);
        note.set(text);
    }

    /** The work has ended; the disk says how the model is now. */
    void end(ModelRowState now, String text) {
        work = Optional.empty();
        state.set(now);
        note.set(text);
    }

    void cancelWork() {
        work.ifPresent(CancellationToken::cancel);
    }
}
