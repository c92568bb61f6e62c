package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.JobRunner;
import dev.noisediffusion.morph.Keyframe;
import dev.noisediffusion.morph.Segment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** One slot for a picture. A picture that cannot be read leaves the one before it in place. */
public final class KeyframeViewModel {
    private final OfferReader reader;
    private final Texts texts;
    private final ObservableValue<FrameShape> shape;
    private final ReadOnlyObjectWrapper<SlotState> state = new ReadOnlyObjectWrapper<>(SlotState.EMPTY);
    private final ReadOnlyObjectWrapper<SlotContent> content = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<MissingPicture> missing = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Crop> crop = new ReadOnlyObjectWrapper<>(Crop.CENTER);
    private final ReadOnlyBooleanWrapper mirrored = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Segment> segment = new ReadOnlyObjectWrapper<>(Segment.PLAIN);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Raster> clipMap = new ReadOnlyObjectWrapper<>();
    private final Newest loading;
    /** What is on its way; null if nothing is. */
    private @Nullable PictureOffer coming;
    /** Takes the slot away; null unless it was made for a picture that has not come. */
    private @Nullable Runnable leave;

    KeyframeViewModel(JobRunner jobs, OfferReader reader, Texts texts, ObservableValue<FrameShape> shape) {
        this.loading = new Newest(jobs);
        this.reader = reader;
        this.texts = texts;
        this.shape = shape;
        crop.subscribe(next -> mirrored.set(next.mirrored()));
    }

    public ReadOnlyObjectProperty<SlotState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** What went wrong with the picture handed over last, empty if nothing did. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** The picture's name, empty if there is none. */
    public ObservableValue<String> name() {
        return content.map(SlotContent::name).orElse("");
    }

    /** The picture for the screen. */
    public ObservableValue<@Nullable Raster> raster() {
        return content.map(SlotContent::raster);
    }

    /** Where the used part's encoding hits the boundary, to lie over it; null while it is not asked for or known. */
    public ReadOnlyObjectProperty<@Nullable Raster> clipMapProperty() {
        return clipMap.getReadOnlyProperty();
    }

    void showClipMap(@Nullable Raster map) {
        clipMap.set(map);
    }

    public ObservableValue<FrameShape> shape() {
        return shape;
    }

    /** The part of the picture that is used, in the picture as it is, though it may be used {@link #mirrored()}. */
    public Viewport viewport() {
        SlotContent shown = content.get();
        if (shown == null) {
            return Viewport.WHOLE;
        }
        int width = shown.picture().width();
        int height = shown.picture().height();
        Crop.Area area = crop.get()
                .area(width, height, shape.getValue().width(), shape.getValue().height());
        return new Viewport(area.x() / width, area.y() / height, area.width() / width, area.height() / height);
    }

    ReadOnlyObjectProperty<Crop> cropProperty() {
        return crop.getReadOnlyProperty();
    }

    /** Changes whenever {@link #viewport} or {@link #mirrored()} may have. */
    public ObservableValue<?> viewportChanges() {
        return crop.getReadOnlyProperty();
    }

    /** What lies behind the picture on the path. */
    ReadOnlyObjectProperty<Segment> segmentProperty() {
        return segment.getReadOnlyProperty();
    }

    void setSegment(Segment next) {
        segment.set(next);
    }

    Optional<Keyframe> keyframe() {
        SlotContent shown = content.get();
        return shown == null ? Optional.empty() : Optional.of(new Keyframe(shown.name(), shown.picture(), crop.get()));
    }

    /** Reads a picture into the slot. Handing over another meanwhile ends this one. */
    public void load(PictureOffer offer) {
        message.set("");
        coming = offer;
        state.set(SlotState.LOADING);
        loading.run(
                (progress, cancellation) -> reader.read(offer, cancellation),
                JobRunner.Observer.<SlotContent>of(this::loaded, this::failed));
    }

    /**
     * Reads the picture that the slot was made for.
     *
     * @param away takes the slot away, once the user has read why there is no picture
     */
    void loadFirst(PictureOffer offer, Runnable away) {
        leave = away;
        load(offer);
    }

    /** What was handed over and is on its way. */
    Optional<PictureOffer> coming() {
        return Optional.ofNullable(coming);
    }

    /** Whether a picture takes nothing from the user here: there is none, or an example that they have left as it came. */
    boolean isFree() {
        return switch (state.get()) {
            case EMPTY, FAILED -> true;
            case LOADING -> coming instanceof PictureOffer.Example;
            case LOADED -> content.get().isExample() && crop.get().equals(Crop.CENTER);
            case MISSING -> false;
        };
    }

    /** Whether the slot was made for a picture that has not come: until it has, the slot is no part of the work. */
    boolean isProvisional() {
        return leave != null;
    }

    /** Takes the picture that is missing here out of a folder, if the very same lies in it; not while another is on its way. */
    void lookIn(Path folder) {
        MissingPicture wanted = missing.get();
        if (wanted != null && state.get() == SlotState.MISSING) {
            loading.run(
                    (progress, cancellation) -> find(wanted, folder, cancellation),
                    JobRunner.Observer.<Optional<SlotContent>>of(
                            found -> found.ifPresent(this::loaded), failure -> {}));
        }
    }

    private Optional<SlotContent> find(MissingPicture wanted, Path folder, CancellationToken cancellation)
            throws Exception {
        for (Path name : ProjectDocuments.spellings(wanted.name()).toList()) {
            Path file = folder.resolve(name.getFileName());
            if (Files.isReadable(file)) {
                SlotContent read = reader.read(new PictureOffer.File(file), cancellation);
                if (read.sha256().equals(wanted.sha256())) {
                    return Optional.of(read);
                }
            }
        }
        return Optional.empty();
    }

    private void loaded(SlotContent loaded) {
        MissingPicture wanted = missing.get();
        coming = null;
        leave = null;
        missing.set(null);
        content.set(loaded);
        // After the content: until that is another one, a crop is a step of its own.
        if (wanted == null) {
            crop.set(Crop.CENTER);
        } else if (!wanted.sha256().equals(loaded.sha256())) {
            message.set(texts.get("keyframes.missing.other", loaded.name(), wanted.name()));
        }
        state.set(SlotState.LOADED);
    }

    private void failed(Throwable failure) {
        coming = null;
        message.set(texts.failure(failure));
        SlotState rest = restState();
        state.set(rest == SlotState.EMPTY ? SlotState.FAILED : rest);
    }

    private SlotState restState() {
        if (content.get() != null) {
            return SlotState.LOADED;
        }
        return missing.get() == null ? SlotState.EMPTY : SlotState.MISSING;
    }

    SlotSnapshot snapshot() {
        return new SlotSnapshot(content.get(), missing.get(), crop.get(), segment.get());
    }

    /** Back to what the slot held; a picture on its way is forgotten. */
    void restore(SlotSnapshot snapshot) {
        loading.forget();
        coming = null;
        leave = null;
        message.set("");
        missing.set(snapshot.missing());
        content.set(snapshot.content());
        crop.set(snapshot.crop());
        segment.set(snapshot.segment());
        state.set(restState());
    }

    /** What to say of a picture that a project names and that was not found; empty if there is none. */
    public ObservableValue<String> missingText() {
        return missing.map(picture -> texts.get(
                        "keyframes.missing",
                        picture.name(),
                        picture.lastSeen().orElse(texts.get("keyframes.missing.nowhere"))))
                .orElse("");
    }

    /** Empties the slot. */
    public void clear() {
        restore(new SlotSnapshot(null, null, Crop.CENTER, Segment.PLAIN));
    }

    /** The user has read the message. A slot that was made for the picture that did not come goes with it. */
    public void dismissMessage() {
        Runnable away = leave;
        message.set("");
        state.set(restState());
        if (away != null) {
            away.run();
        }
    }

    /**
     * Moves the used part over the picture, both as they are seen: {@link #mirrored()} or not. Without a picture nothing
     * happens.
     *
     * @param dx in widths of the used part
     * @param dy in heights of the used part
     */
    public void pan(double dx, double dy) {
        Viewport now = viewport();
        double x = now.x() + now.width() * (mirrored.get() ? 0.5 - dx : 0.5 + dx);
        double y = now.y() + now.height() * (0.5 + dy);
        cropTo(new Crop(
                Math.clamp(x, now.width() / 2, 1 - now.width() / 2),
                Math.clamp(y, now.height() / 2, 1 - now.height() / 2),
                crop.get().zoom(),
                mirrored.get()));
    }

    /** Makes the used part smaller by a factor, or larger where the factor is below 1. Without a picture nothing happens. */
    public void zoom(double factor) {
        Viewport now = viewport();
        cropTo(new Crop(
                Math.clamp(now.x() + now.width() / 2, 0, 1),
                Math.clamp(now.y() + now.height() / 2, 0, 1),
                Math.clamp(crop.get().zoom() * factor, 1, Crop.MAX_ZOOM),
                mirrored.get()));
    }

    /** Whether the picture is used and seen with left and right changed. */
    public ReadOnlyBooleanProperty mirrored() {
        return mirrored.getReadOnlyProperty();
    }

    /** Turns the picture round as a mirror does, or back: the same part is used. Without a picture nothing happens. */
    public void mirror() {
        cropTo(crop.get().withMirrored(!mirrored.get()));
    }

    /** As much as fits, from the middle, not mirrored. Without a picture nothing happens. */
    public void resetCrop() {
        cropTo(Crop.CENTER);
    }

    /** The crop of a picture that is missing waits for that, and an empty slot has none. */
    private void cropTo(Crop next) {
        if (content.get() != null) {
            crop.set(next);
        }
    }
}
