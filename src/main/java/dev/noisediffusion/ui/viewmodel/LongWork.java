package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.job.Progress;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** A kind of work that takes its time, whether it is being done or not. */
public final class LongWork {
    private final String id;
    private final Texts texts;
    private final Runnable cancelling;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper timeLeft = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);

    /** @param cancelling ends the work */
    LongWork(String id, Texts texts, Runnable cancelling) {
        this.id = id;
        this.texts = texts;
        this.cancelling = cancelling;
    }

    public String id() {
        return id;
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /** The time left in words, empty while unknown. */
    public ReadOnlyStringProperty timeLeftProperty() {
        return timeLeft.getReadOnlyProperty();
    }

    /** In [0, 1], negative while unknown. */
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    public void cancel() {
        if (running.get()) {
            cancelling.run();
        }
    }

    void show(boolean now, String what, @Nullable Progress progress) {
        running.set(now);
        text.set(what);
        fraction.set(progress == null ? -1 : progress.fraction());
        timeLeft.set(texts.left(progress));
    }
}
