package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.CompareViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Which two sides are compared; where these lie side by side, each over its picture. */
final class CompareBar extends HBox {
    CompareBar(CompareViewModel compare, Texts texts) {
        setId("compare-bar");
        getStyleClass().add("compare-bar");
        ComboBox<?> left = ChoiceViews.box(compare.left(), texts);
        left.setId("compare-left");
        Nodes.describe(left, texts.get("compare.left"));
        ComboBox<?> right = ChoiceViews.box(compare.right(), texts);
        right.setId("compare-right");
        Nodes.describe(right, texts.get("compare.right"));
        Button swap = Nodes.iconButton(leftAndRight(), texts.get("compare.swap"), compare::swap);
        swap.setId("compare-swap");
        ComboBox<?> range = ChoiceViews.box(compare.range(), texts);
        range.setId("heat-range");
        Node ranges = Nodes.shownWhen(range, compare.modeProperty().map(mode -> mode == CompareMode.DIFFERENCE));
        var leftHalf = Nodes.styled(new HBox(left), "compare-half");
        var rightHalf = Nodes.styled(new HBox(right), "compare-half");
        Nodes.follow(compare.modeProperty(), mode -> {
            Priority grow = mode == CompareMode.SIDE_BY_SIDE ? Priority.ALWAYS : Priority.NEVER;
            HBox.setHgrow(leftHalf, grow);
            HBox.setHgrow(rightHalf, grow);
        });
        getChildren().addAll(leftHalf, swap, rightHalf, ranges);
        Nodes.shownWhen(this, compare.modeProperty().map(CompareMode::isPair));
    }

    private static Node leftAndRight() {
        return Nodes.styled(
                new VBox(new FontIcon(Feather.ARROW_LEFT), new FontIcon(Feather.ARROW_RIGHT)), "arrow-pair");
    }
}
