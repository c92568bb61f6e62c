package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.CurveLane;
import dev.noisediffusion.ui.viewmodel.Movement;
import dev.noisediffusion.ui.viewmodel.SegmentViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Polyline;
import org.kordamp.ikonli.feather.Feather;

/**
 * Between two pictures: a chip with the curve and the frames, and beneath it, once it is clicked, their editor. It
 * opens in place and not in a window of its own, so that the film stays in sight and undo within reach.
 */
final class SegmentView extends VBox {
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private static final PseudoClass OPEN = PseudoClass.getPseudoClass("open");
    private static final double ICON_WIDTH = 22;
    private static final double ICON_HEIGHT = 12;
    private static final List<Movement> PRESETS = List.of(
            Movement.SHARED,
            Movement.LINEAR,
            Movement.EASE_IN,
            Movement.EASE_OUT,
            Movement.EASE_IN_OUT,
            Movement.HOLD,
            Movement.CONSTANT_SPEED);

    private final SegmentViewModel segment;
    private final Texts texts;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final BooleanProperty exists = new SimpleBooleanProperty();
    private final BooleanProperty apart = new SimpleBooleanProperty();
    private final Button chip = new Button();
    private final Polyline icon = Nodes.styled(new Polyline(), "curve-icon");
    private final VBox editor = Nodes.styled(new VBox(), "segment-editor");

    /** @param reveal brings the editor into sight once it is open */
    SegmentView(SegmentViewModel segment, Consumer<Node> reveal, Texts texts) {
        this.segment = segment;
        this.texts = texts;
        getStyleClass().add("segment");
        var picture = Nodes.styled(new StackPane(icon), "curve-icon-box");
        picture.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        chip.setGraphic(picture);
        Nodes.styled(chip, "segment-chip");
        chip.setOnAction(event -> open.set(!open.get()));
        getChildren().addAll(chip, Nodes.shownWhen(editor, open));
        Nodes.shownWhen(this, exists);
        Nodes.follow(open, shown -> {
            chip.pseudoClassStateChanged(OPEN, shown);
            if (shown && editor.getChildren().isEmpty()) {
                build();
            }
            if (shown) {
                reveal.accept(this);
            }
        });
        Nodes.follow(segment.revision(), revision -> show());
    }

    private void show() {
        boolean there = segment.exists();
        exists.set(there);
        apart.set(segment.isApart());
        if (there) {
            int frames = segment.frames();
            chip.setText(texts.get("segment.frames.count", frames));
            chip.pseudoClassStateChanged(CHANGED, segment.isChanged());
            Nodes.describe(chip, texts.get("segment.chip", frames));
            var points = new ArrayList<Double>();
            for (double x = 0; x <= ICON_WIDTH; x++) {
                points.add(x);
                points.add(ICON_HEIGHT * (1 - segment.at(CurveLane.NOISE, x / ICON_WIDTH)));
            }
            icon.getPoints().setAll(points);
        }
    }

    private void build() {
        var separate = new CheckBox(texts.get("segment.apart"));
        separate.setId("segment-apart");
        separate.setWrapText(true);
        Nodes.tooltip(separate, texts.get("segment.apart.help"));
        Nodes.follow(apart, separate::setSelected);
        separate.setOnAction(event -> segment.setApart(separate.isSelected()));
        editor.getChildren()
                .addAll(frames(), lane(CurveLane.NOISE), separate, Nodes.shownWhen(lane(CurveLane.IMAGE), apart));
    }

    private Node frames() {
        var field = Nodes.styled(
                new DraftField(() -> String.valueOf(segment.frames()), segment::typeFrames),
                "small",
                "segment-frames-field");
        field.setId("segment-frames");
        Label name = Nodes.label(texts.get("segment.frames"), "parameter-name");
        name.setLabelFor(field);
        Nodes.tooltip(field, texts.get("segment.frames.help"));
        Button share = Nodes.iconButton(Feather.ROTATE_CCW, texts.get("segment.frames.share"), segment::shareFrames);
        share.setId("segment-share");
        Nodes.follow(segment.revision(), revision -> {
            field.show();
            share.setVisible(segment.hasOwnFrames());
        });
        return Nodes.styled(new HBox(name, Nodes.spacer(), share, field), "segment-frames");
    }

    private Node lane(CurveLane lane) {
        var presets = Nodes.styled(new FlowPane(), "curve-presets");
        for (Movement movement : PRESETS) {
            if (movement != Movement.SHARED || lane == CurveLane.NOISE) {
                presets.getChildren().add(preset(lane, movement));
            }
        }
        var title = Nodes.boundLabel(
                apart.map(separate -> texts.get(separate ? "segment.lane." + lane : "segment.lane")), "parameter-name");
        return Nodes.styled(new VBox(title, new CurveEditor(segment, lane, texts), presets), "curve-lane");
    }

    private Node preset(CurveLane lane, Movement movement) {
        var button = Nodes.styled(new ToggleButton(texts.get("segment.movement." + movement)), "small", "curve-preset");
        button.setId("movement-" + lane.name().toLowerCase(java.util.Locale.ROOT) + "-" + movement);
        Nodes.describe(button, texts.get("segment.movement." + movement + ".help"));
        button.setOnAction(event -> {
            segment.choose(lane, movement);
            button.setSelected(segment.movement(lane) == movement);
        });
        Nodes.follow(segment.revision(), revision -> button.setSelected(segment.movement(lane) == movement));
        return button;
    }
}
