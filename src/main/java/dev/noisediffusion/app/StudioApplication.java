package dev.noisediffusion.app;

import java.nio.file.Path;
import java.util.List;

final class StudioApplication {
    private StudioApplication() {}

    static void open(Installation installation, List<Path> pictures) {
        System.getLogger("x").log(System.Logger.Level.INFO, installation.toString() + pictures);
    }
}
