package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.morph.MaskTarget;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

/** One of the masks: what it is of, whether it is painted, and the way to paint it. */
public final class MaskMark {
    private final MaskToolViewModel tool;
    private final MaskTarget target;
    private final ObservableValue<Boolean> painted;
    private final ObservableValue<Boolean> inHand;

    MaskMark(MaskToolViewModel tool, MasksViewModel masks, MaskTarget target) {
        this.tool = tool;
        this.target = target;
        this.painted = masks.isActive(target);
        this.inHand = Bindings.createBooleanBinding(
                () -> tool.inHandProperty().get() && tool.target().get() == target,
                tool.inHandProperty(),
                tool.target().valueProperty());
    }

    /** Of lubrication, {@code GAMMA}, and so on; texts are found under it. */
    public String name() {
        return target.name();
    }

    /** Whether anything is painted in it. */
    public ObservableValue<Boolean> painted() {
        return painted;
    }

    /** Whether it is the one that is painted now. */
    public ObservableValue<Boolean> inHand() {
        return inHand;
    }

    /** Takes the brush out to paint this one. */
    public void take() {
        tool.take(target);
    }
}
