package dev.noisediffusion.app;

import dev.noisediffusion.diffusion.DiffusionModel;
import dev.noisediffusion.model.GraphCache;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.onnx.OrtEngine;
import java.nio.file.Path;

/** Opens models with the engine of this application. */
final class Models {
    private Models() {}

    static OrtEngine engine() {
        return new OrtEngine(GraphCache.ofUser());
    }

    static DiffusionModel open(Path folder) throws ModelException {
        return engine().open(folder);
    }
}
