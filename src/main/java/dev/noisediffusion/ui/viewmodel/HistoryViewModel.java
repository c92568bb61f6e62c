package dev.noisediffusion.ui.viewmodel;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * Undo and redo of everything the user can change. Changes of the same number or crop are one step until the hand
 * rests; pictures on their way count when they have come. What is kept is bounded: at most {@value #MOST_STEPS} steps,
 * and {@value #MOST_PIXELS} pixels of pictures that are no longer in use (the step done last always stays).
 */
public final class HistoryViewModel {
    static final int MOST_STEPS = 1000;
    static final long MOST_PIXELS = 200_000_000;
    /** Steps that are listed: further back they are told apart by hardly anybody. */
    static final int MOST_LISTED = 15;

    /** A step between the state that is kept and the one next to it. */
    private record Step(StudioState state, StateChange change) {}

    private final KeyframesViewModel keyframes;
    private final ParametersViewModel parameters;
    private final KeptSettingsViewModel kept;
    private final Texts texts;
    private final Debounce rest;
    private final Deque<Step> done = new ArrayDeque<>();
    private final Deque<Step> undone = new ArrayDeque<>();
    private final ReadOnlyStringWrapper undoName = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper redoName = new ReadOnlyStringWrapper("");
    private final Changes changes = new Changes();
    private StudioState current;
    private boolean deaf;
    private boolean held;
    private boolean sealed = true;

    HistoryViewModel(
            KeyframesViewModel keyframes,
            ParametersViewModel parameters,
            KeptSettingsViewModel kept,
            Texts texts,
            Debounce rest) {
        this.keyframes = keyframes;
        this.parameters = parameters;
        this.kept = kept;
        this.texts = texts;
        this.rest = rest;
        this.current = with(keyframes.snapshot());
        Changes.on(keyframes.revision(), this::changed);
        Changes.on(keyframes.segmentsRevision(), this::changed);
        Changes.on(parameters.revision(), this::changed);
        Changes.on(kept.keptProperty(), this::changed);
    }

    /** What undo would take back, empty if there is nothing. */
    public ReadOnlyStringProperty undoNameProperty() {
        return undoName.getReadOnlyProperty();
    }

    /** What redo would do again, empty if there is nothing. */
    public ReadOnlyStringProperty redoNameProperty() {
        return redoName.getReadOnlyProperty();
    }

    /** What undo would take back, the step done last first; at most {@value #MOST_LISTED} steps. */
    public List<String> undoSteps() {
        return names(done);
    }

    /** What redo would do again, the step taken back last first; at most {@value #MOST_LISTED} steps. */
    public List<String> redoSteps() {
        return names(undone);
    }

    private static List<String> names(Deque<Step> steps) {
        return steps.reversed().stream()
                .limit(MOST_LISTED)
                .map(step -> step.change().label())
                .toList();
    }

    /** Grows whenever the work is in another state, be it one it was in before. */
    public ReadOnlyLongProperty revision() {
        return changes.revision();
    }

    /** The state of this moment; while pictures are on their way, with those that were there before. */
    StudioState state() {
        return current;
    }

    /** All that is here at this moment: of pictures that come together also those that have come before the others. */
    StudioState present() {
        return with(keyframes.snapshot());
    }

    /** The pictures on their way, which {@link #state} does not have yet. */
    List<PictureOffer> coming() {
        return keyframes.coming();
    }

    /** New pictures count when all have come, so that no step holds half of them; what else is done to slots does at once. */
    private StudioState capture() {
        StudioState now = present();
        boolean some = keyframes.areLoading() && !contents(Stream.of(current)).containsAll(contents(Stream.of(now)));
        return some ? with(current.slots()) : now;
    }

    private StudioState with(List<SlotSnapshot> slots) {
        return new StudioState(slots, parameters.values(), kept.keptProperty().get());
    }

    /** A button is held down: what follows is one step, however long the hand pauses. */
    public void gestureBegins() {
        held = true;
        sealed = true;
    }

    /** The button was let go. */
    public void gestureEnds() {
        held = false;
        sealed = true;
    }

    private void changed() {
        if (deaf) {
            return;
        }
        StudioState now = capture();
        if (!now.equals(current)) {
            record(now, StateChange.between(current, now, texts));
        }
    }

    private void record(StudioState now, StateChange change) {
        Step last = done.peekLast();
        boolean continues = !sealed
                && last != null
                && change.gesture().isPresent()
                && change.gesture().equals(last.change().gesture());
        sealed = false;
        if (!continues) {
            done.addLast(new Step(current, change));
            bound(now);
        } else if (last.state().equals(now)) {
            done.removeLast();
            // The step before is over, though it may be of the same number.
            sealed = true;
        }
        undone.clear();
        rest.restart(() -> sealed = sealed || !held);
        moved(now);
    }

    private void bound(StudioState now) {
        while (done.size() > MOST_STEPS || (done.size() > 1 && pixelsBeyond(now) > MOST_PIXELS)) {
            done.removeFirst();
        }
    }

    /** Of pictures that only steps hold: those in use are there anyway. */
    private long pixelsBeyond(StudioState now) {
        Set<SlotContent> held = contents(done.stream().map(Step::state));
        held.removeAll(contents(Stream.of(now)));
        return held.stream()
                .mapToLong(content ->
                        (long) content.picture().width() * content.picture().height())
                .sum();
    }

    private static Set<SlotContent> contents(Stream<StudioState> states) {
        Set<SlotContent> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        states.flatMap(state -> state.slots().stream()).forEach(slot -> {
            if (slot.content() != null) {
                distinct.add(slot.content());
            }
        });
        return distinct;
    }

    private void moved(StudioState now) {
        current = now;
        undoName.set(name(done));
        redoName.set(name(undone));
        changes.happened();
    }

    private static String name(Deque<Step> steps) {
        return steps.isEmpty() ? "" : steps.getLast().change().label();
    }

    /** Takes the last step back; where pictures are on their way, these first. */
    public void undo() {
        if (keyframes.areLoading()) {
            takeBackComing();
        } else {
            go(done, undone, 1);
        }
    }

    /**
     * Takes the last steps back at once; where pictures are on their way, these before them.
     *
     * @param steps how many, at least 1; more than there are take back all
     */
    public void undo(int steps) {
        if (keyframes.areLoading()) {
            takeBackComing();
        }
        go(done, undone, steps);
    }

    /** Those that have come already, and what was done to slots since, are one step that can be done again. */
    private void takeBackComing() {
        StudioState come = present();
        apply(current);
        if (!come.equals(current)) {
            undone.clear();
            undone.addLast(new Step(come, StateChange.between(current, come, texts)));
            sealed = true;
            moved(current);
        }
    }

    /** Gives up the pictures that are on their way. */
    void forgetComing() {
        settle();
        apply(current);
    }

    /**
     * Pictures that have come, and what was done to slots since, become a step of their own, before the others are given up or
     * the path is turned round.
     */
    void settle() {
        StudioState here = present();
        if (!here.equals(current)) {
            sealed = true;
            record(here, StateChange.between(current, here, texts));
        }
    }

    /** Does the step again that was taken back last. */
    public void redo() {
        redo(1);
    }

    /**
     * Does the steps again, at once, that were taken back last.
     *
     * @param steps how many, at least 1; more than there are bring back all
     */
    public void redo(int steps) {
        if (!keyframes.areLoading()) {
            go(undone, done, steps);
        }
    }

    /** The states between are not come by, so that nothing is rendered for them. */
    private void go(Deque<Step> from, Deque<Step> to, int steps) {
        int taken = Math.min(steps, from.size());
        if (taken == 0) {
            return;
        }
        StudioState goal = current;
        for (int i = 0; i < taken; i++) {
            Step step = from.removeLast();
            to.addLast(new Step(goal, step.change()));
            goal = step.state();
        }
        apply(goal);
        sealed = true;
        moved(goal);
    }

    private void apply(StudioState state) {
        deaf = true;
        try {
            keyframes.restore(state.slots());
            parameters.apply(state.values());
            kept.restore(state.kept());
        } finally {
            deaf = false;
        }
    }

    /** Does several things as one step. */
    void asOne(String label, Runnable action) {
        deaf = true;
        try {
            action.run();
        } finally {
            deaf = false;
        }
        StudioState now = capture();
        if (!now.equals(current)) {
            sealed = true;
            record(now, new StateChange(label, Optional.empty()));
        }
    }

    /** Goes to another state, in one step that can be undone. Pictures that are on their way are given up. */
    void adopt(String label, StudioState state) {
        settle();
        asOne(label, () -> apply(state));
    }

    /** Begins anew with empty hands: nothing can be undone, and every setting has its default. */
    void startAnew(StudioState blank) {
        startWith(new StudioState(blank.slots(), parameters.defaults(), blank.kept()));
    }

    /** Begins anew with other work: nothing can be undone. What the state does not say is as the studio itself has it. */
    void startWith(StudioState state) {
        deaf = true;
        parameters.standardise();
        apply(state);
        done.clear();
        undone.clear();
        sealed = true;
        moved(capture());
    }
}
