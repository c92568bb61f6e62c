package dev.noisediffusion.app;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.controlsfx.control.StatusBar;

/**
 * A whole session of the studio in a process of its own. {@code work GAMMA FILES} opens pictures and moves a slider,
 * and once more to what it is told; {@code look} says what it finds; {@code first} says what it finds when the first film is there;
 * {@code left PRESET FILES} says what it has of the session before, once it knows a preset that any settings are, and what
 * comes of another device. All stay until they are killed.
 */
final class KilledSession {
    /** Shorter than JUnit's, which cannot end a test that reads from another process. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String DEVICE = "#device-choice .combo-box";
    private static final String MODEL_NEWS = "#model-message .label";

    private KilledSession() {}

    public static void main(String[] args) throws Exception {
        List<Path> files = Stream.of(args).skip(2).map(Path::of).toList();
        Thread studio = Thread.ofPlatform().start(() -> open(files));
        Scene scene = scene(studio);
        switch (args[0]) {
            case "work" -> {
                await(
                        studio,
                        scene,
                        ".slot-name",
                        label -> !((Labeled) label).getText().isEmpty());
                set(scene, "gamma", Double.parseDouble(args[1]));
                String told = IO.readln();
                if (told != null) {
                    set(scene, "gamma", Double.parseDouble(told));
                    IO.println("moved");
                }
            }
            case "first" -> {
                // The same, only sooner.
                set(scene, "frames", 3);
                set(scene, "steps", 5);
                await(
                        studio,
                        scene,
                        "#status",
                        line -> ((StatusBar) line).getText().equals("Finished"));
                System.out.println(
                        onFx(() -> names(scene) + "|" + scene.lookup("#play").getAccessibleText()));
            }
            case "left" -> {
                await(studio, scene, "#preset", menu -> text(menu).equals(args[1]));
                await(studio, scene, "#export", button -> !button.isDisabled());
                press(scene, "#export");
                await(studio, scene, "#export-files", names -> !text(names).isEmpty());
                String left = onFx(() -> describeLeft(scene));
                press(scene, "#export-cancel");
                press(scene, "#device");
                await(studio, scene, DEVICE, Node::isVisible);
                choose(scene, "loom");
                await(studio, scene, MODEL_NEWS, news -> text(news).contains("loom"));
                System.out.println(left + "|" + onFx(() -> text(scene.lookup(MODEL_NEWS))));
            }
            default -> {
                await(studio, scene, "#project-message", Node::isVisible);
                System.out.println(onFx(() -> describe(scene)));
            }
        }
    }

    private static void set(Scene scene, String parameter, double value) throws Exception {
        onFx(() -> {
            ((Slider) scene.lookup("#parameter-" + parameter + " .slider")).setValue(value);
            return true;
        });
    }

    private static void press(Scene scene, String button) throws Exception {
        onFx(() -> {
            ((Button) scene.lookup(button)).fire();
            return true;
        });
    }

    @SuppressWarnings("unchecked")
    private static void choose(Scene scene, String device) throws Exception {
        onFx(() -> {
            ((ComboBox<String>) scene.lookup(DEVICE)).setValue(device);
            return true;
        });
    }

    private static void open(List<Path> files) {
        try {
            StudioApplication.open(Installation.locate(), files);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String names(Scene scene) {
        return String.join(
                " ",
                scene.getRoot().lookupAll(".slot-name").stream()
                        .map(label -> ((Labeled) label).getText())
                        .toList());
    }

    private static String describe(Scene scene) {
        return ((Stage) scene.getWindow()).getTitle() + "|" + names(scene) + "|"
                + ((TextField) scene.lookup("#parameter-gamma .number-field")).getText();
    }

    /** With the choices for an export in sight. */
    private static String describeLeft(Scene scene) {
        return ((TextField) scene.lookup("#fps")).getText() + "|" + text(scene.lookup("#export-files")) + "|"
                + text(scene.lookup(MODEL_NEWS));
    }

    private static String text(Node labeled) {
        return ((Labeled) labeled).getText();
    }

    private static Scene scene(Thread studio) throws Exception {
        Optional<Window> window = Optional.empty();
        while (window.isEmpty()) {
            pause(studio);
            try {
                window = onFx(() -> Window.getWindows().stream().findFirst());
            } catch (IllegalStateException e) {
                window = Optional.empty();
            }
        }
        return window.get().getScene();
    }

    private static void await(Thread studio, Scene scene, String query, Predicate<Node> condition) throws Exception {
        while (!onFx(() -> {
            Node node = scene.lookup(query);
            return node != null && condition.test(node);
        })) {
            pause(studio);
        }
    }

    /** A studio that has ended shows nothing any more, or never what it should, and whoever waits for it is to hear of that. */
    private static void pause(Thread studio) throws InterruptedException {
        Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
        if (!studio.isAlive() || started.plus(PATIENCE).isBefore(Instant.now())) {
            System.exit(1);
        }
        Thread.sleep(50);
    }

    private static <T> T onFx(java.util.concurrent.Callable<T> question) throws Exception {
        var asked = new FutureTask<>(question);
        Platform.runLater(asked);
        return asked.get();
    }
}
