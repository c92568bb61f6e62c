package dev.noisediffusion.ui.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.testfx.util.WaitForAsyncUtils.waitForAsyncFx;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import java.util.ArrayList;
import java.util.List;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class FxDebounceTest {
    private static final int PATIENCE_MS = 60_000;

    private final List<String> ran = new ArrayList<>();

    @Start
    void start(Stage stage) {}

    private List<String> ranAfter(Runnable calls) {
        waitForAsyncFx(PATIENCE_MS, calls);
        waitForFxEvents();
        return waitForAsyncFx(PATIENCE_MS, () -> List.copyOf(ran));
    }

    @Test
    void soonRunsTheLastActionNextAndOnce() {
        var debounce = new FxDebounce(Duration.hours(1));
        assertEquals(List.of("second"), ranAfter(() -> {
            debounce.restart(() -> ran.add("after a rest"));
            debounce.soon(() -> ran.add("first"));
            debounce.soon(() -> ran.add("second"));
        }));
    }

    @Test
    void anActionThatIsToComeSoonIsReplacedOrForgottenToo() {
        var debounce = new FxDebounce(Duration.hours(1));
        assertEquals(List.of(), ranAfter(() -> {
            debounce.soon(() -> ran.add("replaced"));
            debounce.restart(() -> ran.add("after a rest"));
        }));
        assertEquals(List.of(), ranAfter(() -> {
            debounce.soon(() -> ran.add("forgotten"));
            debounce.cancel();
        }));
    }
}
