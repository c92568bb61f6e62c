package dev.noisediffusion.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * A whole session of the studio in a process of its own. {@code work GAMMA FILES} opens pictures and moves a slider;
 * {@code look} says what it finds. Both stay until they are killed.
 */
final class KilledSession {
    private KilledSession() {}

    public static void main(String[] args) throws Exception {
        boolean works = args[0].equals("work");
        List<Path> files = Stream.of(args).skip(2).map(Path::of).toList();
        Thread.ofPlatform().start(() -> open(files));
        Scene scene = scene();
        if (works) {
            await(scene, ".slot-name", label -> !((Labeled) label).getText().isEmpty());
            onFx(() -> {
                ((Slider) scene.lookup("#parameter-gamma .slider")).setValue(Double.parseDouble(args[1]));
                return true;
            });
        } else {
            await(scene, "#project-message", Node::isVisible);
            System.out.println(onFx(() -> describe(scene)));
        }
    }

    private static void open(List<Path> files) {
        try {
            StudioApplication.open(Installation.locate(), files);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(Scene scene) {
        String names = String.join(
                " ",
                scene.getRoot().lookupAll(".slot-name").stream()
                        .map(label -> ((Labeled) label).getText())
                        .toList());
        return ((Stage) scene.getWindow()).getTitle() + "|" + names + "|"
                + ((TextField) scene.lookup("#parameter-gamma .number-field")).getText();
    }

    private static Scene scene() throws Exception {
        Optional<Window> window = Optional.empty();
        while (window.isEmpty()) {
            Thread.sleep(50);
            try {
                window = onFx(() -> Window.getWindows().stream().findFirst());
            } catch (IllegalStateException e) {
                window = Optional.empty();
            }
        }
        return window.get().getScene();
    }

    private static void await(Scene scene, String query, Predicate<Node> condition) throws Exception {
        while (!onFx(() -> {
            Node node = scene.lookup(query);
            return node != null && condition.test(node);
        })) {
            Thread.sleep(50);
        }
    }

    private static <T> T onFx(java.util.concurrent.Callable<T> question) throws Exception {
        var asked = new FutureTask<>(question);
        Platform.runLater(asked);
        return asked.get();
    }
}
