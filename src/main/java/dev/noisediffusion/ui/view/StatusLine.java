package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.StatusViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import org.controlsfx.control.StatusBar;
import org.kordamp.ikonli.feather.Feather;

/** What is being done, how far, how long still, and a way to end it. */
final class StatusLine extends StatusBar {
    StatusLine(StatusViewModel status, Texts texts) {
        setId("status");
        setFocusTraversable(false);
        textProperty().bind(status.textProperty());
        Label timeLeft = Nodes.boundLabel(status.timeLeftProperty(), "hint", "read-out");
        timeLeft.setId("time-left");
        var bar = Nodes.styled(new ProgressBar(), Styles.SMALL, "status-progress");
        bar.progressProperty().bind(status.fractionProperty());
        Button cancel = Nodes.iconButton(Feather.X, texts.get("status.cancel"), status::cancel);
        cancel.setId("cancel");
        getRightItems()
                .addAll(
                        Nodes.shownWhen(timeLeft, status.busyProperty()),
                        Nodes.shownWhen(bar, status.busyProperty()),
                        Nodes.shownWhen(cancel, status.busyProperty()));
    }
}
