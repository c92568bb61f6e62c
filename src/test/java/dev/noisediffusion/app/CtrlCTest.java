package dev.noisediffusion.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.JavaCommand;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CtrlCTest {
    /** Work that hears of no order, stuck in an error stream that nobody reads any more. */
    static final class Stuck {
        private Stuck() {}

        public static void main(String... arguments) {
            var held = new OutputStream() {
                @Override
                public void write(int written) {
                    System.out.println("stuck");
                    while (true) {
                        LockSupport.park();
                    }
                }
            };
            System.setErr(new PrintStream(held, true, StandardCharsets.UTF_8));
            try (var ctrlC = new CtrlC(0)) {
                System.err.println(ctrlC.token().isCancelled());
            }
        }
    }

    /** Windows has no order to end that a process could obey. */
    @DisabledOnOs(OS.WINDOWS)
    @Test
    void workThatHoldsTheErrorStreamIsBrokenOffAllTheSame() throws Exception {
        Process stuck = new ProcessBuilder(JavaCommand.of(List.of(), Stuck.class)).start();
        try (var said = stuck.inputReader()) {
            assertEquals("stuck", said.readLine());
            stuck.toHandle().destroy();
            assertEquals(128 + 15, stuck.waitFor());
        } finally {
            stuck.destroyForcibly().waitFor();
        }
    }
}
