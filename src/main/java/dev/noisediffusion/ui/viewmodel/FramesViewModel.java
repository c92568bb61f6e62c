package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.FrameEdit;
import dev.noisediffusion.morph.FrameEdits;
import dev.noisediffusion.morph.FramePlan;
import dev.noisediffusion.morph.FreshNoise;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.MorphPath;
import dev.noisediffusion.morph.MorphSettings;
import dev.noisediffusion.morph.NoiseDiffusion;
import dev.noisediffusion.morph.Segment;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** What can be done to single frames of the film. */
public final class FramesViewModel {
    /** Enough fresh noise to see another take, little enough to keep the morph. */
    static final double OFFERED_GAMMA = 0.2;

    private static final int LARGEST_SEED = 999_999;

    private final KeyframesViewModel keyframes;
    private final ParametersViewModel parameters;
    private final FilmstripViewModel film;
    private final LivePreviewViewModel live;
    private final HistoryViewModel history;
    private final JobRunner jobs;
    private final Texts texts;
    private final RandomGenerator random;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper offering = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper someRemoved = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper leftOut = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<List<String>> letters = new ReadOnlyObjectWrapper<>(List.of());
    private @Nullable FrameCell waiting;
    /** The film that the message tells of. */
    private Optional<FilmstripViewModel.Version> about = Optional.empty();

    FramesViewModel(
            KeyframesViewModel keyframes,
            ParametersViewModel parameters,
            FilmstripViewModel film,
            LivePreviewViewModel live,
            HistoryViewModel history,
            StudioServices services) {
        this.keyframes = keyframes;
        this.parameters = parameters;
        this.film = film;
        this.live = live;
        this.history = history;
        this.jobs = services.jobs();
        this.texts = services.texts();
        this.random = services.random();
        Changes.on(keyframes.revision(), this::picturesChanged);
        Changes.on(keyframes.segmentsRevision(), this::segmentsChanged);
        Changes.on(parameters.revision(), this::count);
        Changes.on(film.revision(), this::filmChanged);
        Changes.on(parameters.gamma().valueProperty(), this::dismissMessage);
        Changes.on(parameters.method().valueProperty(), this::dismissMessage);
    }

    /** Why nothing happened, empty if there is nothing to say. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Whether raising gamma would help. */
    public ReadOnlyBooleanProperty offeringProperty() {
        return offering.getReadOnlyProperty();
    }

    /** Whether frames were left out of the film, be it at moments at which it has none now. */
    public ReadOnlyBooleanProperty someRemovedProperty() {
        return someRemoved.getReadOnlyProperty();
    }

    /** How many frames the film lacks, as it is set now, because they were left out. */
    public ReadOnlyIntegerProperty leftOutProperty() {
        return leftOut.getReadOnlyProperty();
    }

    /** Under which letters the pictures of the film are known, in its order; empty for one that has lost its place. */
    public ReadOnlyObjectProperty<List<String>> lettersProperty() {
        return letters.getReadOnlyProperty();
    }

    /** The letter of the picture that the film passes through at a frame; empty in between, or where it has none. */
    public String letter(FrameCell cell) {
        int number = cell.nearestKeyframe();
        return cell.isKeyframe() && number < letters.get().size()
                ? letters.get().get(number)
                : "";
    }

    public void dismissMessage() {
        message.set("");
        offering.set(false);
        waiting = null;
    }

    private void picturesChanged() {
        dismissMessage();
        segmentsChanged();
    }

    private void segmentsChanged() {
        refresh();
        count();
    }

    /** What was said of a film goes with it: the frame that waits may be another one in the next. */
    private void filmChanged() {
        if (!message.get().isEmpty() && !film.version().equals(about)) {
            dismissMessage();
        }
        refresh();
    }

    private void refresh() {
        List<KeyframeViewModel> slots = slots();
        film.cells().forEach(cell -> cell.mark(marks(edit(cell, slots))));
        letters.set(lettersOfFilm());
    }

    private List<String> lettersOfFilm() {
        List<Keyframe> shown =
                film.version().map(version -> version.request().keyframes()).orElse(List.of());
        List<KeyframeViewModel> now = keyframes.onPath();
        List<String> known = keyframes.letters();
        return IntStream.range(0, shown.size())
                .mapToObj(i -> i < now.size() && holds(now.get(i), shown.get(i).picture()) ? known.get(i) : "")
                .toList();
    }

    private static boolean holds(KeyframeViewModel slot, Picture picture) {
        return slot.keyframe().map(Keyframe::picture).equals(Optional.of(picture));
    }

    private void count() {
        List<Segment> segments = keyframes.segments();
        someRemoved.set(segments.stream().anyMatch(segment -> segment.edits().hasRemovals()));
        leftOut.set(someRemoved.get() && segments.size() > 1 ? leftOut(segments) : 0);
    }

    private int leftOut(List<Segment> segments) {
        MorphPath path = parameters.path(segments);
        int pictures = segments.size();
        int wished = parameters.settings(pictures).frames();
        List<Integer> ways = FramePlan.segmentFrames(path, pictures, wished);
        int whole = ways.stream().mapToInt(Integer::intValue).sum() + (path.closed() ? 0 : 1);
        return whole - FramePlan.of(path, pictures, wished).frames().size();
    }

    private static FrameMarks marks(FrameEdit edit) {
        return new FrameMarks(
                edit.noise().isPresent(),
                edit.favourite().isPresent(),
                edit.favourite().isPresent() && edit.favourite().equals(edit.noise()),
                edit.takes().size(),
                edit.noise().map(edit.takes()::indexOf).orElse(-1));
    }

    private static FrameEdit edit(FrameCell cell, List<KeyframeViewModel> slots) {
        return slot(cell, slots)
                .map(slot -> slot.segmentProperty()
                        .get()
                        .edits()
                        .at(cell.spot().place().moment()))
                .orElse(FrameEdit.NONE);
    }

    /** The slots of the film's pictures, in order; none while it shows other pictures than there are now. */
    private List<KeyframeViewModel> slots() {
        boolean current =
                film.version().map(version -> version.request().keyframes()).equals(keyframes.keyframes());
        return current ? keyframes.onPath() : List.of();
    }

    /** The slot whose segment a frame lies in, among those of the film. */
    private static Optional<KeyframeViewModel> slot(FrameCell cell, List<KeyframeViewModel> slots) {
        return slots.stream().skip(cell.spot().place().segment()).findFirst();
    }

    /** Whether anything can be done to a frame: not while the film shows other pictures or crops than there are now. */
    public boolean canChange(FrameCell cell) {
        return slot(cell, slots()).isPresent();
    }

    /** The key of the text that says why nothing can be done to a frame; none where something can. */
    public Optional<String> whyNot(FrameCell cell) {
        if (canChange(cell)) {
            return Optional.empty();
        }
        return Optional.of(keyframes.areLoading() ? "render.reading" : "frames.otherPictures");
    }

    private void change(FrameCell cell, UnaryOperator<FrameEdit> change) {
        dismissMessage();
        whyNot(cell).ifPresent(key -> tell(key, false));
        slot(cell, slots()).ifPresent(slot -> change(slot, cell, change));
    }

    private static void change(KeyframeViewModel slot, FrameCell cell, UnaryOperator<FrameEdit> change) {
        FrameEdits edits = slot.segmentProperty().get().edits();
        var moment = cell.spot().place().moment();
        slot.setSegment(slot.segmentProperty().get().withEdits(edits.with(moment, change.apply(edits.at(moment)))));
    }

    /** Draws other noise for a frame, and keeps it as a take. Where there is no fresh noise, says so. */
    public void reroll(FrameCell cell) {
        // Where nothing can be changed, that is said first.
        if (!canChange(cell) || hasFreshNoise(cell)) {
            change(cell, edit -> edit.withTake(FreshNoise.ofSeed(1 + random.nextInt(LARGEST_SEED))));
        }
    }

    private boolean hasFreshNoise(FrameCell cell) {
        MorphSettings settings = parameters.settings(2);
        boolean noiseless = !settings.method().usesFreshNoise();
        boolean raising = noiseless && settings.method() instanceof NoiseDiffusion;
        if (cell.isKeyframe() && settings.endpoints() != Endpoints.METHOD) {
            tell("frames.noNoise.keyframe", false);
        } else if (noiseless) {
            tell(raising ? "frames.noNoise.gamma" : "frames.noNoise.method", raising);
            waiting = cell;
        } else {
            return true;
        }
        return false;
    }

    private void tell(String key, boolean raisingHelps) {
        say(texts.get(key), raisingHelps);
    }

    private void say(String sentence, boolean raisingHelps) {
        about = film.version();
        message.set(sentence);
        offering.set(raisingHelps);
    }

    /** Raises gamma, and rolls the frame that was to be rolled. */
    public void raiseGamma() {
        FrameCell cell = waiting;
        dismissMessage();
        history.asOne(texts.get("history.frame"), () -> {
            parameters.gamma().set(OFFERED_GAMMA);
            if (cell != null) {
                reroll(cell);
            }
        });
    }

    /** Keeps a frame's noise whatever becomes of the settings, or lets it follow them again. */
    public void toggleLock(FrameCell cell) {
        change(cell, edit -> edit.noise().isPresent() ? edit.unlocked() : edit.withTake(noise(cell)));
    }

    /** That of the picture in sight; where it has none, or a look stands for it, what the settings give. */
    private FreshNoise noise(FrameCell cell) {
        return cell.noise()
                .filter(seen -> live.rasterProperty().get() == null)
                .orElseGet(() -> FreshNoise.of(parameters.settings(2), cell.spot()));
    }

    /** Marks the take in sight as the frame's favourite, or takes the mark away. */
    public void toggleFavourite(FrameCell cell) {
        change(
                cell,
                edit -> edit.favourite().isPresent() && edit.favourite().equals(edit.noise())
                        ? edit.withoutFavourite()
                        : edit.withFavourite(edit.noise().orElseGet(() -> noise(cell))));
    }

    /** Goes back to the favourite. */
    public void showFavourite(FrameCell cell) {
        change(cell, edit -> edit.favourite().map(edit::withTake).orElse(edit));
    }

    /**
     * Shows a take.
     *
     * @param number in [0, takes), or -1 for what the settings give
     */
    public void show(FrameCell cell, int number) {
        change(
                cell,
                edit -> number < 0
                        ? edit.unlocked()
                        : edit.withTake(edit.takes().get(number)));
    }

    /** Leaves a frame out of the film; two always stay. */
    public void remove(FrameCell cell) {
        if (film.cells().size() > FramePlan.LEAST_FRAMES) {
            change(cell, edit -> edit.withRemoved(true));
        } else {
            tell("frames.least", false);
        }
    }

    /** Brings back every frame that was left out. */
    public void bringBack() {
        dismissMessage();
        history.asOne(
                texts.get("history.frame"),
                () -> keyframes
                        .onPath()
                        .forEach(slot -> slot.setSegment(slot.segmentProperty()
                                .get()
                                .withEdits(slot.segmentProperty().get().edits().withoutRemovals()))));
    }

    /**
     * Makes a frame, in its own pixels, one more picture at the end of the path. One that has not come changes nothing,
     * nor does any while pictures are on their way, which is said then, or once other work has come.
     */
    public void useAsPicture(FrameCell cell) {
        dismissMessage();
        if (cell.isDone()) {
            String name = texts.get("frames.asPicture.name", cell.index() + 1);
            Picture picture = cell.picture().orElseThrow();
            jobs.run(
                    (progress, cancellation) -> SlotContent.of(name, picture, Optional.empty()),
                    JobRunner.Observer.<SlotContent>of(
                            keyframes.forThisWork(this::append),
                            keyframes.forThisWork(failure -> say(texts.failure(failure), false))));
        }
    }

    /** Behind all others: what gives way to pictures, such as an example, may be where the frame comes from. */
    private void append(SlotContent content) {
        if (keyframes.areLoading()) {
            tell("render.reading", false);
        } else {
            keyframes.append(content);
        }
    }

    /** What a frame was made with, for its tooltip. */
    public String describe(FrameCell cell) {
        return film.version()
                .map(version -> FrameTip.text(
                        cell,
                        letter(cell),
                        film.cells().size(),
                        version.request().settings(),
                        texts))
                .orElse("");
    }
}
