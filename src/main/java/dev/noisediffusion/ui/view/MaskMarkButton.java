package dev.noisediffusion.ui.view;

import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.MaskMark;
import dev.noisediffusion.ui.viewmodel.Texts;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Beside a setting: opens its mask, and says whether it has one. */
final class MaskMarkButton extends Button {
    private static final PseudoClass PAINTED = PseudoClass.getPseudoClass("painted");

    MaskMarkButton(MaskMark mark, Texts texts) {
        super(null, new FontIcon(Feather.EDIT_2));
        setId("mask-mark-" + mark.name());
        Nodes.styled(this, Styles.BUTTON_ICON, Styles.FLAT, "mask-mark");
        setOnAction(event -> mark.take());
        Nodes.follow(mark.painted(), painted -> {
            pseudoClassStateChanged(PAINTED, painted);
            Nodes.describe(this, texts.get("mask.mark." + mark.name() + (painted ? ".active" : "")));
        });
    }
}
