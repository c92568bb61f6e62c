package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The pictures that the morph passes through, in order; at least two slots. */
public final class KeyframesViewModel {
    private static final int LEAST = 2;
    private static final SlotSnapshot EMPTY = new SlotSnapshot(null, null, Crop.CENTER, Segment.PLAIN);

    private final JobRunner jobs;
    private final OfferReader reader;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final ObservableValue<FrameShape> shape;
    private final ObservableList<KeyframeViewModel> slots = FXCollections.observableArrayList();
    private final ObservableList<KeyframeViewModel> readOnlySlots = FXCollections.unmodifiableObservableList(slots);
    private final Changes changes = new Changes();
    private final Changes segmentChanges = new Changes();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private Consumer<Runnable> turning = Runnable::run;
    /** Counts how often the slots were given other pictures all at once, such as those of other work. */
    private int restored;

    KeyframesViewModel(
            JobRunner jobs, OfferReader reader, FileDialogs dialogs, Texts texts, ObservableValue<FrameShape> shape) {
        this.jobs = jobs;
        this.reader = reader;
        this.dialogs = dialogs;
        this.texts = texts;
        this.shape = shape;
        for (int i = 0; i < LEAST; i++) {
            addSlot();
        }
    }

    public ObservableList<KeyframeViewModel> slots() {
        return readOnlySlots;
    }

    /** Grows with every change that a morph depends on. */
    public ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** Grows with every change of what lies between the pictures. */
    ReadOnlyLongProperty segmentsRevision() {
        return segmentChanges.revision();
    }

    /** What lies behind each of the {@link #keyframes}. */
    List<Segment> segments() {
        return onPath().stream().map(slot -> slot.segmentProperty().get()).toList();
    }

    /** The slots that have a picture, in order. */
    List<KeyframeViewModel> onPath() {
        return slots.stream().filter(slot -> slot.keyframe().isPresent()).toList();
    }

    /** How many slots have a picture, or will once those on their way have come and those that are missing are found. */
    int expected() {
        return (int) slots.stream()
                .filter(slot -> isTaken(slot) || slot.coming().isPresent())
                .count();
    }

    /** Whether a slot has a picture, or is the place of one that is missing. */
    private static boolean isTaken(KeyframeViewModel slot) {
        return !slot.snapshot().isEmpty();
    }

    /** The pictures in order, once there are at least two and none is on its way. */
    Optional<List<Keyframe>> keyframes() {
        if (areLoading()) {
            return Optional.empty();
        }
        List<Keyframe> loaded =
                slots.stream().flatMap(slot -> slot.keyframe().stream()).toList();
        return loaded.size() < LEAST ? Optional.empty() : Optional.of(loaded);
    }

    /** Whether there are pictures enough for a morph. */
    public boolean areReady() {
        return keyframes().isPresent();
    }

    /** Under which letters the slots with pictures are known, in order. */
    List<String> letters() {
        return IntStream.range(0, slots.size())
                .filter(i -> slots.get(i).keyframe().isPresent())
                .mapToObj(KeyframesViewModel::letter)
                .toList();
    }

    /** A, B, ..., Z, AA, AB, ... for the slots in order. */
    public static String letter(int index) {
        String last = String.valueOf((char) ('A' + index % 26));
        return index < 26 ? last : letter(index / 26 - 1) + last;
    }

    /** Lays maps of where their encodings hit the boundary over the pictures, by the index of the keyframe. */
    void showClipMaps(Map<Integer, Raster> maps) {
        int index = 0;
        for (KeyframeViewModel slot : slots) {
            slot.showClipMap(slot.keyframe().isPresent() ? maps.get(index++) : null);
        }
    }

    /**
     * Puts pictures into the first slots that have none or an untouched example, and into new slots when there are no more. A
     * new slot whose picture does not come goes when the user has read why.
     */
    public void add(List<? extends PictureOffer> offers) {
        Iterator<KeyframeViewModel> free =
                slots.stream().filter(KeyframeViewModel::isFree).toList().iterator();
        for (PictureOffer offer : offers) {
            if (free.hasNext()) {
                free.next().load(offer);
            } else {
                KeyframeViewModel slot = addSlot();
                slot.loadFirst(offer, () -> remove(slot));
            }
        }
    }

    /** Puts the first picture into a slot, whatever is in it, and the others where there is room. */
    public void put(KeyframeViewModel slot, List<? extends PictureOffer> offers) {
        if (!offers.isEmpty()) {
            slot.load(offers.getFirst());
            add(offers.subList(1, offers.size()));
        }
    }

    /**
     * Whether all that was offered are pictures, as far as the names of files tell. Of others only a look inside does, or they
     * are projects, films or models.
     */
    public static boolean arePictures(List<? extends PictureOffer> offers) {
        return offers.stream()
                .flatMap(offer -> offer.place().stream())
                .map(file -> String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT))
                .allMatch(name -> PictureOffer.ENDINGS.stream().anyMatch(name::endsWith));
    }

    /**
     * Puts pictures between others, in one step. Slots beside the place that have none or an untouched example take them
     * first. A new slot whose picture does not come goes when the user has read why.
     *
     * @param place how many slots lie before it, in [0, slots]
     */
    public void insert(int place, List<? extends PictureOffer> offers) {
        var free =
                new ArrayList<>(slots.stream().filter(KeyframeViewModel::isFree).toList());
        int at = place;
        for (PictureOffer offer : offers) {
            if (at > 0 && free.remove(slots.get(at - 1))) {
                slots.get(at - 1).load(offer);
            } else {
                if (at < slots.size() && free.remove(slots.get(at))) {
                    slots.get(at).load(offer);
                } else {
                    KeyframeViewModel slot = addSlot(at);
                    slot.loadFirst(offer, () -> remove(slot));
                }
                at++;
            }
        }
    }

    private KeyframeViewModel addSlot() {
        return addSlot(slots.size());
    }

    private KeyframeViewModel addSlot(int place) {
        var slot = new KeyframeViewModel(jobs, reader, texts, shape);
        slot.stateProperty().subscribe(state -> changes.happened());
        slot.cropProperty().subscribe(crop -> changes.happened());
        Changes.on(slot.segmentProperty(), segmentChanges::happened);
        slots.add(place, slot);
        return slot;
    }

    /** Lets the user choose files. */
    public void browse() {
        add(chosen());
    }

    /** Lets the user choose what goes into a slot. Other pictures that are missing may lie beside the chosen one. */
    public void browseFor(KeyframeViewModel slot) {
        List<PictureOffer.File> chosen = chosen();
        put(slot, chosen);
        if (chosen.size() == 1) {
            Path folder = ProjectViewModel.folderOf(chosen.getFirst().path());
            slots.stream().filter(other -> !other.equals(slot)).forEach(other -> other.lookIn(folder));
        }
    }

    /** None where other work has come while the dialog was open. */
    private List<PictureOffer.File> chosen() {
        int asked = restored;
        List<Path> files = dialogs.choosePictures();
        return asked == restored ? files.stream().map(PictureOffer.File::new).toList() : List.of();
    }

    /** Hands on what comes only while no other work has. */
    <T> Consumer<T> forThisWork(Consumer<T> action) {
        int asked = restored;
        return result -> {
            if (asked == restored) {
                action.accept(result);
            }
        };
    }

    /** The file that a slot's picture was read from; none where there is no picture, or it came another way. */
    public Optional<Path> file(KeyframeViewModel slot) {
        return Optional.ofNullable(slot.snapshot().content()).flatMap(SlotContent::source);
    }

    /** Shows the file of a slot's picture in its folder, if it has one. */
    public void showInFolder(KeyframeViewModel slot) {
        message.set("");
        file(slot)
                .ifPresent(file -> jobs.run(
                        (progress, cancellation) -> {
                            dialogs.showInFolder(file);
                            return file;
                        },
                        JobRunner.Observer.<Path>of(shown -> {}, failure -> message.set(texts.failure(failure)))));
    }

    /** Why a file could not be shown, empty if nothing is to be said. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    public void dismissMessage() {
        message.set("");
    }

    /** What is known of a slot's picture, in a few lines; empty where there is none. */
    public String describe(KeyframeViewModel slot) {
        SlotContent shown = slot.snapshot().content();
        if (shown == null) {
            return "";
        }
        var lines = new ArrayList<String>();
        lines.add(shown.name());
        shown.source().map(ProjectViewModel::folderOf).map(Path::toString).ifPresent(lines::add);
        int width = shown.picture().width();
        int height = shown.picture().height();
        long usedWidth = Math.max(1, Math.round(slot.viewport().width() * width));
        long usedHeight = Math.max(1, Math.round(slot.viewport().height() * height));
        lines.add(texts.get("keyframes.size", width, height, usedWidth, usedHeight));
        FrameShape wanted = shape.getValue();
        if (usedWidth < wanted.width() || usedHeight < wanted.height()) {
            lines.add(texts.get("keyframes.soft", wanted.width(), wanted.height()));
        }
        return String.join("\n", lines);
    }

    /** Takes a slot away, or empties it where two must stay. */
    public void remove(KeyframeViewModel slot) {
        atOnce(() -> {
            slot.clear();
            slots.remove(slot);
            if (slots.size() < LEAST) {
                addSlot();
            }
            changes.happened();
        });
    }

    /** Pictures and what lies between them change as one. */
    private void atOnce(Runnable action) {
        segmentChanges.atOnce(() -> changes.atOnce(action));
    }

    /** Whether a picture is on its way. */
    boolean areLoading() {
        return slots.stream().anyMatch(slot -> slot.stateProperty().get() == SlotState.LOADING);
    }

    /** The pictures on their way. */
    List<PictureOffer> coming() {
        return slots.stream().flatMap(slot -> slot.coming().stream()).toList();
    }

    /**
     * What the slots hold, two at least; those that wait for the first picture they were made for are no part of the work
     * yet.
     */
    List<SlotSnapshot> snapshot() {
        var held = new ArrayList<SlotSnapshot>();
        slots.stream()
                .filter(slot -> !slot.isProvisional())
                .map(KeyframeViewModel::snapshot)
                .forEach(held::add);
        while (held.size() < LEAST) {
            held.add(EMPTY);
        }
        return List.copyOf(held);
    }

    /** Back to what all slots held, in one change. */
    void restore(List<SlotSnapshot> snapshots) {
        restored++;
        hold(snapshots);
    }

    /**
     * Puts a picture behind all others, in one change; slots without one go. What gives way to pictures, such as an example,
     * stays.
     */
    void append(SlotContent content) {
        var held = new ArrayList<>(snapshot());
        held.removeIf(SlotSnapshot::isEmpty);
        held.add(new SlotSnapshot(content, null, Crop.CENTER, Segment.PLAIN));
        hold(held);
    }

    private void hold(List<SlotSnapshot> snapshots) {
        atOnce(() -> {
            while (slots.size() > Math.max(LEAST, snapshots.size())) {
                slots.removeLast().clear();
            }
            while (slots.size() < snapshots.size()) {
                addSlot();
            }
            for (int i = 0; i < slots.size(); i++) {
                slots.get(i).restore(i < snapshots.size() ? snapshots.get(i) : EMPTY);
            }
            changes.happened();
        });
    }

    /**
     * Puts a copy of a slot behind it. The way to the next picture goes on from the copy.
     */
    public void duplicate(KeyframeViewModel slot) {
        atOnce(() -> {
            KeyframeViewModel copy = addSlot();
            copy.restore(slot.snapshot());
            slot.setSegment(Segment.PLAIN);
            moveTo(copy, slots.indexOf(slot) + 1);
        });
    }

    /**
     * Moves a slot in front of the one that stands at a place.
     *
     * @param place in [0, slots]; its own place, and the one behind it, change nothing
     */
    public void moveTo(KeyframeViewModel slot, int place) {
        int from = slots.indexOf(slot);
        if (from >= 0) {
            move(slot, place > from ? place - 1 - from : place - from);
        }
    }

    /**
     * Moves a slot along the path.
     *
     * @param by 1 for one place later, -1 for one earlier; past the ends nothing happens
     */
    public void move(KeyframeViewModel slot, int by) {
        int from = slots.indexOf(slot);
        int to = from + by;
        if (from >= 0 && by != 0 && to >= 0 && to < slots.size()) {
            var order = FXCollections.observableArrayList(slots);
            order.add(to, order.remove(from));
            slots.setAll(order);
            changes.happened();
        }
    }

    /** Says how the path is turned round: together with what else goes the other way then. */
    void turnWith(Consumer<Runnable> how) {
        turning = how;
    }

    /**
     * Turns the path round, and the way through each segment with it. Pictures that are missing keep their places on it; slots
     * without a picture lie on no way.
     */
    public void reverse() {
        turning.accept(this::turnRound);
    }

    private void turnRound() {
        List<KeyframeViewModel> path =
                slots.stream().filter(KeyframesViewModel::isTaken).toList();
        List<Segment> before =
                path.stream().map(slot -> slot.segmentProperty().get()).toList();
        atOnce(() -> {
            for (int i = 0; i < path.size(); i++) {
                Segment leading = before.get((i + path.size() - 1) % path.size());
                path.get(i).setSegment(before.get(i).turnedRound(leading));
            }
            slots.setAll(List.copyOf(slots).reversed());
            changes.happened();
        });
    }
}
