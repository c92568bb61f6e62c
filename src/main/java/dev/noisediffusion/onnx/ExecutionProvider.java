package dev.noisediffusion.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import dev.noisediffusion.model.Precision;

/** Where networks run. */
public enum ExecutionProvider {
    /** All processors but one, so that the window stays smooth; both where there are but two. */
    CPU {
        @Override
        void configure(OrtSession.SessionOptions options) throws OrtException {
            int processors = Runtime.getRuntime().availableProcessors();
            options.setIntraOpNumThreads(processors <= 2 ? processors : processors - 1);
        }
    },
    /** The first NVIDIA GPU; there in builds with the {@code cuda} profile. */
    CUDA {
        @Override
        void configure(OrtSession.SessionOptions options) throws OrtException {
            options.addCUDA(0);
        }
    };

    /** The fastest provider that this build of the runtime has. */
    public static ExecutionProvider best() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA) ? CUDA : CPU;
    }

    /** The precision in which graphs of the studio's own making run best here. */
    Precision precision() {
        return this == CPU ? Precision.FULL : Precision.HALF;
    }

    /** Sets a session up to run here. */
    abstract void configure(OrtSession.SessionOptions options) throws OrtException;
}
