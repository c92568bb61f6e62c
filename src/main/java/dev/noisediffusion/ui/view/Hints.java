package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.Parameter;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;

/**
 * What stands beneath settings: what each does to the picture, or, while it changes nothing, why. The texts are
 * {@code parameter.<id>.help} and, where there is one, {@code parameter.<id>.idle}.
 */
final class Hints {
    private final Texts texts;
    private final ObservableValue<Boolean> wanted;

    /**
     * The hints of some settings.
     *
     * @param wanted whether it is said what they do; why one changes nothing always is, as nothing else tells of it
     */
    Hints(Texts texts, ObservableValue<Boolean> wanted) {
        this.texts = texts;
        this.wanted = wanted;
    }

    /** Hints that are always there. */
    static Hints always(Texts texts) {
        return new Hints(texts, new SimpleBooleanProperty(true));
    }

    Label of(Parameter parameter) {
        String key = "parameter." + parameter.id();
        String help = texts.get(key + ".help");
        Optional<String> idle = texts.find(key + ".idle");
        BooleanExpression relevant = parameter.relevant();
        Label hint =
                Nodes.boundLabel(relevant.map(changes -> changes ? help : idle.orElse(help)), "hint", "parameter-hint");
        Nodes.wrap(hint);
        return Nodes.shownWhen(
                hint,
                Bindings.createBooleanBinding(
                        () -> wanted.getValue() || (idle.isPresent() && !relevant.get()), wanted, relevant));
    }
}
