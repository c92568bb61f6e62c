package dev.noisediffusion.ui.view;

import atlantafx.base.controls.ProgressSliderSkin;
import atlantafx.base.theme.Styles;
import dev.noisediffusion.ui.viewmodel.FilmstripViewModel;
import dev.noisediffusion.ui.viewmodel.FramesViewModel;
import dev.noisediffusion.ui.viewmodel.PlaybackViewModel;
import dev.noisediffusion.ui.viewmodel.PreviewViewModel;
import dev.noisediffusion.ui.viewmodel.Texts;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Play, step, scrub; where in the morph the frame lies. */
final class TransportBar extends VBox {
    /** In a narrower bar the choices to the right need the room. */
    private static final double ROOM_FOR_LENGTH = 560;
    /** While frames are left out, the words that say so need room as well. */
    private static final double ROOM_FOR_WORDS = 680;
    /** Where not even their number has room, the place in the morph gives way: it stands under the film as well. */
    private static final double ROOM_FOR_PLACE = 530;

    private final PlaybackViewModel playback;
    private final FilmstripViewModel film;
    private final FramesViewModel frames;
    private final Texts texts;

    TransportBar(
            PlaybackViewModel playback,
            FilmstripViewModel film,
            FramesViewModel frames,
            PreviewViewModel preview,
            Texts texts) {
        this.playback = playback;
        this.film = film;
        this.frames = frames;
        this.texts = texts;
        getStyleClass().add("transport");
        var controls = Nodes.styled(
                new HBox(
                        button("step-back", Feather.CHEVRON_LEFT, "transport.previous", () -> playback.step(-1)),
                        play(),
                        button("step-forward", Feather.CHEVRON_RIGHT, "transport.next", () -> playback.step(1)),
                        readOut(),
                        Nodes.spacer(),
                        mode(),
                        fps(),
                        Nodes.label(texts.get("transport.fps"), "hint")),
                "transport-controls");
        Node scrub = scrub();
        HBox.setHgrow(scrub, Priority.ALWAYS);
        getChildren().addAll(Nodes.styled(new HBox(scrub, alone(preview)), "transport-line"), controls);
        // The way back from the whole screen stays, whatever becomes of the film.
        List.of(scrub, controls)
                .forEach(part ->
                        part.disableProperty().bind(playback.countProperty().lessThan(2)));
    }

    private Button button(String id, Feather icon, String key, Runnable action) {
        Button button = Nodes.iconButton(icon, texts.get(key), action);
        button.setId(id);
        return button;
    }

    private Node play() {
        Button play = button("play", Feather.PLAY, "transport.play", playback::toggle);
        playback.playingProperty().subscribe(playing -> {
            play.setGraphic(new FontIcon(playing ? Feather.PAUSE : Feather.PLAY));
            Nodes.describe(play, texts.get(playing ? "transport.pause" : "transport.play"));
        });
        return Nodes.styled(play, "play");
    }

    private Node alone(PreviewViewModel preview) {
        Button button = button("alone", Feather.MAXIMIZE_2, "transport.alone", preview::toggleAlone);
        Nodes.follow(preview.aloneProperty(), alone -> {
            button.setGraphic(new FontIcon(alone ? Feather.MINIMIZE_2 : Feather.MAXIMIZE_2));
            Nodes.describe(button, texts.get(alone ? "transport.together" : "transport.alone"));
        });
        return Nodes.styled(button, "alone");
    }

    private Node scrub() {
        var slider = Nodes.styled(new Slider(), Styles.SMALL, "scrub");
        slider.setId("scrub");
        slider.setSkin(new ProgressSliderSkin(slider));
        slider.setAccessibleText(texts.get("transport.scrub"));
        slider.setBlockIncrement(1);
        slider.maxProperty().bind(Bindings.max(1, playback.countProperty().subtract(1)));
        Nodes.follow(playback.indexProperty(), index -> slider.setValue(index.intValue()));
        slider.valueChangingProperty().subscribe(held -> {
            if (held) {
                playback.pause();
            }
        });
        slider.valueProperty().subscribe(value -> playback.seek((int) Math.round(value.doubleValue())));
        return slider;
    }

    private Node readOut() {
        Label fraction = Nodes.label("", "read-out");
        fraction.setId("fraction");
        fraction.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get("transport.fraction", position()),
                        playback.indexProperty(),
                        playback.countProperty(),
                        film.revision()));
        fraction.setMinWidth(USE_PREF_SIZE);
        Label frame = Nodes.label("", "hint", "read-out");
        frame.setId("frame-number");
        frame.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get(
                                "transport.frame",
                                Math.min(
                                        playback.indexProperty().get() + 1,
                                        playback.countProperty().get()),
                                playback.countProperty().get()),
                        playback.indexProperty(),
                        playback.countProperty()));
        frame.setMinWidth(USE_PREF_SIZE);
        Nodes.shownWhen(fraction, wholeFilm().or(widthProperty().greaterThan(ROOM_FOR_PLACE)));
        return Nodes.styled(new HBox(fraction, frame, length(), leftOut()), "read-outs");
    }

    private BooleanBinding wholeFilm() {
        return frames.leftOutProperty().isEqualTo(0);
    }

    /** What was left out, which would be forgotten otherwise: a click brings it back. */
    private Node leftOut() {
        Button back = Nodes.styled(Nodes.button("", frames::bringBack), Styles.SMALL, Styles.FLAT);
        back.setId("left-out");
        back.setGraphic(new FontIcon(Feather.CORNER_UP_LEFT));
        back.textProperty()
                .bind(Bindings.createStringBinding(this::leftOutText, frames.leftOutProperty(), widthProperty()));
        Nodes.follow(
                frames.leftOutProperty(), count -> Nodes.describe(back, texts.get("transport.leftOut.tooltip", count)));
        back.setMinWidth(USE_PREF_SIZE);
        return Nodes.shownWhen(back, wholeFilm().not());
    }

    private String leftOutText() {
        int count = frames.leftOutProperty().get();
        return getWidth() > ROOM_FOR_WORDS ? texts.get("transport.leftOut", count) : String.valueOf(count);
    }

    /** Changes only with the film, never while it plays. */
    private Node length() {
        Label length = Nodes.label("", "hint", "read-out");
        length.setId("film-length");
        length.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get("transport.length", playback.seconds()),
                        playback.countProperty(),
                        playback.fps().valueProperty(),
                        playback.mode().valueProperty()));
        length.setMinWidth(USE_PREF_SIZE);
        return Nodes.shownWhen(
                length,
                widthProperty()
                        .greaterThan(
                                Bindings.when(wholeFilm()).then(ROOM_FOR_LENGTH).otherwise(ROOM_FOR_WORDS))
                        .and(playback.countProperty().greaterThan(1)));
    }

    private String position() {
        int index = playback.indexProperty().get();
        double position = index < film.cells().size() ? film.cells().get(index).position() : 0;
        return texts.number(position, 2);
    }

    private Node mode() {
        ComboBox<?> box = ChoiceViews.box(playback.mode(), texts);
        box.setId("playback-mode");
        return Nodes.styled(box, Styles.SMALL);
    }

    private Node fps() {
        var field = new NumberField(playback.fps(), texts, "fps-field");
        field.setId("fps");
        Nodes.describe(field, texts.get("transport.fps.tooltip"));
        return field;
    }
}
