package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.FakeWorld;
import dev.noisediffusion.ui.FileReader;
import dev.noisediffusion.ui.fx.FxDebounce;
import dev.noisediffusion.ui.fx.FxJobRunner;
import dev.noisediffusion.ui.fx.RenderService;
import dev.noisediffusion.ui.viewmodel.SlotState;
import dev.noisediffusion.ui.viewmodel.StudioViewModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

/** Drags a file out of one window into the studio's first slot with the mouse; ends with 0 when it was loaded. */
final class RealDrop {
    private static final int STEPS = 30;
    private static final long STEP_MILLIS = 40;
    private static final long PATIENCE_MILLIS = 30_000;
    /** What one drag is given; under load one may be lost. */
    private static final long DROP_MILLIS = 5_000;

    private final Path file;
    private final FakeWorld world = new FakeWorld();
    private final Stage window = new Stage();
    private final Stage source = new Stage(StageStyle.UNDECORATED);
    private final Region handle = new Region();
    private final StudioViewModel studio;

    private RealDrop(Path file) {
        this.file = file;
        world.pictures = new FileReader();
        studio = world.studio(new FxJobRunner(), new RenderService(), new FxDebounce());
    }

    /** Takes the file to be dragged as its only argument. */
    public static void main(String[] args) throws Exception {
        var made = new CompletableFuture<RealDrop>();
        Platform.startup(() -> made.complete(new RealDrop(Path.of(args[0]))));
        RealDrop drop = made.get();
        onFx(drop::show);
        if (!drop.reachesTheFile()) {
            System.err.println("The window with the file did not appear");
            System.exit(1);
        }
        System.exit(drop.loadsTheFile() ? 0 : 1);
    }

    private void show() {
        new StudioWindow(studio, FakeWorld.unsaved(), () -> {}).show(window);
        window.setX(0);
        window.setY(0);
        handle.setStyle("-fx-background-color: white");
        handle.setOnDragDetected(event -> {
            var content = new ClipboardContent();
            content.putFiles(List.of(file.toFile()));
            handle.startDragAndDrop(TransferMode.COPY).setContent(content);
            event.consume();
        });
        source.setScene(new Scene(handle, 80, 80));
        source.setX(700);
        source.setY(400);
        source.setAlwaysOnTop(true);
        source.show();
    }

    /** Moves the mouse about until the window with the file is there and feels it. */
    private boolean reachesTheFile() throws Exception {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < end) {
            mouse(robot -> robot.mouseMove(735, 440));
            mouse(robot -> robot.mouseMove(740, 440));
            var felt = new CompletableFuture<Boolean>();
            onFx(() -> felt.complete(handle.isHover()));
            if (felt.get()) {
                return true;
            }
        }
        return false;
    }

    /** Drags until the picture is there. */
    private boolean loadsTheFile() throws Exception {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < end) {
            drag();
            if (wasLoaded()) {
                return true;
            }
        }
        return false;
    }

    private void drag() throws Exception {
        var target = new CompletableFuture<Bounds>();
        onFx(() -> {
            Node slot = window.getScene().lookup(".slot");
            target.complete(slot.localToScreen(slot.getBoundsInLocal()));
        });
        double toX = target.get().getCenterX();
        double toY = target.get().getCenterY();
        mouse(robot -> robot.mouseMove(740, 440));
        mouse(robot -> robot.mousePress(MouseButton.PRIMARY));
        for (int step = 1; step <= STEPS; step++) {
            double f = (double) step / STEPS;
            mouse(robot -> robot.mouseMove(740 + f * (toX - 740), 440 + f * (toY - 440)));
        }
        mouse(robot -> robot.mouseRelease(MouseButton.PRIMARY));
    }

    private static void mouse(Consumer<Robot> action) throws Exception {
        onFx(() -> action.accept(new Robot()));
        Thread.sleep(STEP_MILLIS);
    }

    private boolean wasLoaded() throws Exception {
        long end = System.currentTimeMillis() + DROP_MILLIS;
        while (System.currentTimeMillis() < end) {
            var state = new CompletableFuture<SlotState>();
            onFx(() -> state.complete(
                    studio.keyframes().slots().getFirst().stateProperty().get()));
            if (state.get() == SlotState.LOADED) {
                return true;
            }
            Thread.sleep(STEP_MILLIS);
        }
        return false;
    }

    private static void onFx(Runnable action) throws Exception {
        var done = new CompletableFuture<Boolean>();
        Platform.runLater(() -> {
            action.run();
            done.complete(true);
        });
        done.get();
    }
}
