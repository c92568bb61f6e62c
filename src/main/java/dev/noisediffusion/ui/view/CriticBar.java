package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.CriticState;
import dev.noisediffusion.ui.viewmodel.CriticViewModel;
import dev.noisediffusion.ui.viewmodel.LongWork;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Above the film, while its frames are marked: what the marks are worth, or why there are none and what to do. */
final class CriticBar extends HBox {
    private final CriticViewModel critic;
    private final Texts texts;

    CriticBar(CriticViewModel critic, Texts texts) {
        this.critic = critic;
        this.texts = texts;
        setId("critic-bar");
        getStyleClass().add("critic-bar");
        LongWork training = critic.training();
        BooleanBinding trains =
                Bindings.createBooleanBinding(() -> training.runningProperty().get(), training.runningProperty());
        getChildren()
                .addAll(
                        new FontIcon(Feather.EYE),
                        Nodes.shownWhen(message(), trains.not()),
                        Nodes.shownWhen(progress(training), trains),
                        Nodes.shownWhen(heat(), isIn(CriticState.GOOD)),
                        Nodes.shownWhen(
                                train(),
                                trains.not().and(isIn(CriticState.UNKNOWN).not())),
                        off());
        Nodes.shownWhen(
                this,
                critic.shownProperty().and(trains.or(isIn(CriticState.UNKNOWN).not())));
    }

    private BooleanBinding isIn(CriticState state) {
        return Bindings.equal(critic.stateProperty(), state);
    }

    private Node message() {
        Label message = Nodes.boundLabel(critic.messageProperty(), "critic-message");
        message.setId("critic-message");
        Nodes.wrap(message);
        message.setMinHeight(USE_PREF_SIZE);
        message.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(message, Priority.ALWAYS);
        return message;
    }

    private Node progress(LongWork training) {
        Label what = Nodes.boundLabel(training.textProperty(), "critic-message");
        what.setId("critic-progress");
        Label left = Nodes.boundLabel(training.timeLeftProperty(), "hint");
        left.setMinWidth(USE_PREF_SIZE);
        var bar = Nodes.styled(new ProgressBar(), Styles.SMALL, "status-progress");
        bar.progressProperty().bind(training.fractionProperty());
        Button cancel = Nodes.iconButton(Feather.X, texts.get("queue.cancel"), training::cancel);
        cancel.setId("critic-cancel");
        var line = Nodes.styled(new HBox(what, Nodes.spacer(), left, bar, cancel), "critic-line");
        HBox.setHgrow(line, Priority.ALWAYS);
        return line;
    }

    private Node heat() {
        var heat = Nodes.styled(new ToggleButton(texts.get("critic.heat"), new FontIcon(Feather.MAP)), Styles.SMALL);
        heat.setId("critic-heat");
        heat.setMinWidth(USE_PREF_SIZE);
        Nodes.tooltip(heat, texts.get("critic.heat.tooltip"));
        heat.selectedProperty().bindBidirectional(critic.heatShownProperty());
        return heat;
    }

    private Node train() {
        Button train = Nodes.styled(Nodes.button(texts.get("critic.train"), critic::train), Styles.SMALL);
        train.setId("critic-train");
        train.setMinWidth(USE_PREF_SIZE);
        Nodes.tooltip(train, texts.get("critic.train.tooltip"));
        Nodes.accentWhen(train, critic.stateProperty().map(state -> state != CriticState.GOOD));
        return train;
    }

    private Node off() {
        Button off = Nodes.iconButton(
                Feather.X, texts.get("critic.off"), () -> critic.shownProperty().set(false));
        off.setId("critic-off");
        return off;
    }
}
