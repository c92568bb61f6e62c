package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CompareMode;
import dev.noisediffusion.ui.viewmodel.CompareViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/** Which two sides are compared. */
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
        Button swap = Nodes.iconButton(Feather.REPEAT, texts.get("compare.swap"), compare::swap);
        swap.setId("compare-swap");
        ComboBox<?> range = ChoiceViews.box(compare.range(), texts);
        range.setId("heat-range");
        Node ranges = Nodes.shownWhen(range, compare.modeProperty().map(mode -> mode == CompareMode.DIFFERENCE));
        getChildren().addAll(left, swap, right, ranges);
        Nodes.shownWhen(this, compare.modeProperty().map(CompareMode::isPair));
    }
}
