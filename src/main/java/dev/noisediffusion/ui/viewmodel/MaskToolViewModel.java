package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.Endpoints;
import dev.noisediffusion.morph.Mask;
import dev.noisediffusion.morph.MaskTarget;
import dev.noisediffusion.project.MethodName;
import dev.noisediffusion.ui.viewmodel.NumberParameter.Range;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** The brush that paints masks. Its settings are the tool's; what it has painted belongs to the work. */
public final class MaskToolViewModel {
    private static final double RESIZE = 1.2;

    private final ParametersViewModel parameters;
    private final FilmstripViewModel film;
    private final PlaybackViewModel playback;
    private final CompareViewModel compare;
    private final ObservableValue<FrameShape> shape;
    private final BooleanProperty inHand = new SimpleBooleanProperty();
    private final BooleanProperty coloursShown = new SimpleBooleanProperty(true);
    private final ChoiceParameter<MaskTarget> target =
            new ChoiceParameter<>("mask", List.of(MaskTarget.values()), MaskTarget.GAMMA);
    private final ChoiceParameter<BrushMode> mode =
            new ChoiceParameter<>("brush", List.of(BrushMode.values()), BrushMode.MORE);
    private final NumberParameter size = new NumberParameter("brushSize", Range.of(2, 100, 0), 25);
    private final NumberParameter softness = new NumberParameter("brushSoftness", Range.of(0, 100, 0), 60);
    private final NumberParameter strength = new NumberParameter("brushStrength", Range.of(5, 100, 0), 60);
    private final List<MaskMark> marks;
    private final ObservableValue<Boolean> painted;
    private final ObservableValue<@Nullable Raster> colours;
    private final ObservableValue<String> noteKey;
    private @Nullable BrushStroke stroke;
    /** Whether it is the stroke that changes the masks. */
    private boolean painting;

    MaskToolViewModel(
            ParametersViewModel parameters,
            FilmstripViewModel film,
            PlaybackViewModel playback,
            CompareViewModel compare,
            ObservableValue<FrameShape> shape) {
        this.parameters = parameters;
        this.film = film;
        this.playback = playback;
        this.compare = compare;
        this.shape = shape;
        var masks = parameters.masks().masksProperty();
        marks = target.choices().stream()
                .map(each -> new MaskMark(this, parameters.masks(), each))
                .toList();
        painted =
                Bindings.createBooleanBinding(() -> masks.get().isActive(target.get()), masks, target.valueProperty());
        colours = Bindings.createObjectBinding(this::paintColours, masks, target.valueProperty(), inHand, coloursShown);
        noteKey = Bindings.createStringBinding(
                this::chooseNote,
                target.valueProperty(),
                parameters.method().valueProperty(),
                parameters.gamma().valueProperty(),
                parameters.boundaryOffProperty(),
                parameters.endpoints().valueProperty(),
                playback.indexProperty(),
                film.revision());
        Changes.on(inHand, this::end);
        Changes.on(inHand, this::showTheMorph);
        Changes.on(target.valueProperty(), this::end);
        Changes.on(masks, this::masksChanged);
        Changes.on(compare.revision(), this::layAway);
        Changes.on(parameters.method().valueProperty(), this::layAway);
    }

    /** What is painted on is the first picture. */
    private void showTheMorph() {
        if (inHand.get() && !compare.showsTheMorph()) {
            compare.mode().set(CompareMode.SINGLE);
        }
    }

    /** Another picture in the place of the morph is none to paint on. */
    private void layAway() {
        if (!compare.showsTheMorph()) {
            end();
            inHand.set(false);
        }
    }

    /** Where something else changes the masks, such as undo, a stroke that went on would take it back. */
    private void masksChanged() {
        if (!painting) {
            end();
        }
    }

    /** Whether the tool is out; what is compared makes room for it, and it goes where it has none any more. */
    public BooleanProperty inHandProperty() {
        return inHand;
    }

    /** Which mask is painted. */
    ChoiceParameter<MaskTarget> target() {
        return target;
    }

    /** The masks there are: of lubrication, boundary and injection. */
    public List<MaskMark> marks() {
        return marks;
    }

    public ChoiceParameter<BrushMode> mode() {
        return mode;
    }

    /** The brush's diameter in percent of the frame's shorter side. */
    public NumberParameter size() {
        return size;
    }

    /** In percent: how much of the brush fades. */
    public NumberParameter softness() {
        return softness;
    }

    /** In percent: how far one stroke goes. */
    public NumberParameter strength() {
        return strength;
    }

    /** Whether the mask's colours lie over the picture. */
    public BooleanProperty coloursShownProperty() {
        return coloursShown;
    }

    /** The mask in translucent colours, to be stretched over the frame; null while they are not shown. */
    public ObservableValue<@Nullable Raster> colours() {
        return colours;
    }

    /** Whether anything is painted in any mask. */
    public ObservableValue<Boolean> anyPainted() {
        return parameters.masks().areActive();
    }

    /** Whether anything is painted in this mask. */
    public ObservableValue<Boolean> painted() {
        return painted;
    }

    /** Under which it is said what painting does, or why it does nothing now. */
    public ObservableValue<String> noteKey() {
        return noteKey;
    }

    private @Nullable Raster paintColours() {
        return inHand.get() && coloursShown.get() && parameters.masks().get().isActive(target.get())
                ? MaskColours.of(parameters.masks().get().get(target.get()))
                : null;
    }

    private String chooseNote() {
        if (parameters.method().get() != MethodName.NOISE_DIFFUSION) {
            return "mask.note.method";
        }
        if (target.get() == MaskTarget.GAMMA && parameters.gamma().get() == 0) {
            return "mask.note.gamma";
        }
        if (target.get() == MaskTarget.BOUNDARY
                && parameters.boundaryOffProperty().get()) {
            return "mask.note.boundary";
        }
        int index = playback.indexProperty().get();
        boolean ownPicture = parameters.endpoints().get() == Endpoints.ORIGINAL
                && index < film.cells().size()
                && film.cells().get(index).isKeyframe();
        return ownPicture ? "mask.note.ownPicture" : "mask.note." + target.get();
    }

    /** Takes the tool out, or puts it away. */
    public void toggle() {
        inHand.set(!inHand.get());
    }

    /** Takes the tool out to paint a certain mask. */
    void take(MaskTarget wanted) {
        target.set(wanted);
        inHand.set(true);
    }

    /** Makes the brush larger, or smaller where there are fewer than no notches. */
    public void resize(double notches) {
        double wanted = size.get() * Math.pow(RESIZE, notches);
        size.set(notches > 0 ? Math.max(wanted, size.get() + 1) : Math.min(wanted, size.get() - 1));
    }

    /**
     * The button is pressed: a stroke begins. The film stands still for it.
     *
     * @param x in [0, 1] from the left edge of the frame, or beyond
     * @param y in [0, 1] from the top edge, or beyond
     * @param opposite whether the brush takes back what it else does
     */
    public void begin(double x, double y, boolean opposite) {
        playback.pause();
        var brush = new Brush(
                size.get() / 200,
                softness.get() / 100,
                strength.get() / 100,
                opposite ? mode.get().opposite() : mode.get());
        stroke = new BrushStroke(mask(), brush, shape.getValue().ratio(), x, y);
        show();
    }

    /** The hand moves on with the button held. */
    public void moveTo(double x, double y) {
        if (stroke != null) {
            stroke.moveTo(x, y);
            show();
        }
    }

    /** The button is let go, or what the stroke was for has gone. */
    public void end() {
        stroke = null;
    }

    private void show() {
        if (stroke != null) {
            painting = true;
            parameters.masks().set(target.get(), stroke.mask());
            painting = false;
        }
    }

    private Mask mask() {
        return parameters.masks().get().get(target.get());
    }

    private void change(UnaryOperator<Mask> how) {
        end();
        parameters.masks().set(target.get(), how.apply(mask()));
    }

    /** Blurs the whole mask a little. */
    public void soften() {
        change(Mask::softened);
    }

    /** More becomes less, less becomes more. */
    public void invert() {
        change(Mask::inverted);
    }

    /** Everything in this mask back to what is set. */
    public void clear() {
        change(mask -> Mask.NEUTRAL);
    }

    /** Everything in every mask back to what is set. */
    public void clearAll() {
        end();
        parameters.masks().clearAll();
    }
}
