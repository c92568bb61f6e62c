package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.ExportQueueViewModel;
import dev.noisediffusion.ui.viewmodel.StatusViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import org.controlsfx.control.StatusBar;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * What is being done, how far, how long still, a way to end it, and a way to all that is being done. Every part keeps its
 * place while there is nothing to show in it.
 */
final class StatusLine extends StatusBar {
    StatusLine(StatusViewModel status, ExportQueueViewModel exports, Texts texts) {
        setId("status");
        setFocusTraversable(false);
        textProperty().bind(status.textProperty());
        Label timeLeft = Nodes.boundLabel(status.timeLeftProperty(), "hint", "read-out", "time-left");
        timeLeft.setId("time-left");
        var bar = Nodes.styled(new ProgressBar(), Styles.SMALL, "status-progress");
        bar.progressProperty().bind(status.fractionProperty());
        Button cancel = Nodes.iconButton(Feather.X, texts.get("status.cancel"), status::cancel);
        cancel.setId("cancel");
        getRightItems()
                .addAll(
                        visibleWhen(timeLeft, status.busyProperty()),
                        visibleWhen(bar, status.busyProperty()),
                        visibleWhen(cancel, status.busyProperty()),
                        tasks(status, exports, texts));
    }

    private static Node visibleWhen(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        return node;
    }

    private static Node tasks(StatusViewModel status, ExportQueueViewModel exports, Texts texts) {
        Button tasks = Nodes.button("", exports::toggle);
        tasks.setId("tasks");
        tasks.setGraphic(new FontIcon(Feather.LIST));
        tasks.textProperty()
                .bind(status.countProperty().map(count -> count.intValue() == 0 ? "" : String.valueOf(count)));
        Nodes.describe(tasks, texts.get("queue.open"));
        tasks.accessibleTextProperty().bind(status.countProperty().map(count -> texts.get("queue.open.count", count)));
        return Nodes.styled(tasks, Styles.FLAT, "tasks-button");
    }
}
