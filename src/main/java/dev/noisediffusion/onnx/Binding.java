package dev.noisediffusion.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.noisediffusion.model.UNet2DGraph;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** Native memory for one shape of call, used again as long as the shape stays: inputs go in and outputs come out in place. */
final class Binding implements AutoCloseable {
    private final Shape in;
    private final Shape out;
    private final Arena arena = Arena.ofShared();
    private final FloatBuffer sample;
    private final ByteBuffer timestep;
    private final boolean continuous;
    private final FloatBuffer prediction;
    private final NativeLedger.Owned<OnnxTensor> sampleTensor;
    private final NativeLedger.Owned<OnnxTensor> timestepTensor;
    private final NativeLedger.Owned<OnnxTensor> predictionTensor;

    /**
     * Memory for calls.
     *
     * @param continuous whether the timestep is any number rather than a whole one
     */
    Binding(OrtEnvironment environment, NativeLedger ledger, Shape in, Shape out, boolean continuous)
            throws OrtException {
        this.continuous = continuous;
        this.in = in;
        this.out = out;
        sample = floats(in);
        prediction = floats(out);
        timestep = arena.allocate(continuous ? ValueLayout.JAVA_FLOAT : ValueLayout.JAVA_LONG)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
        sampleTensor = ledger.own(OnnxTensor.createTensor(environment, sample, in.toLongs()));
        timestepTensor = ledger.own(OnnxTensor.createTensor(
                environment, timestep, new long[] {1}, continuous ? OnnxJavaType.FLOAT : OnnxJavaType.INT64));
        predictionTensor = ledger.own(OnnxTensor.createTensor(environment, prediction, out.toLongs()));
    }

    private FloatBuffer floats(Shape shape) {
        return arena.allocate(ValueLayout.JAVA_FLOAT, shape.size())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    boolean fits(Shape shape) {
        return in.equals(shape);
    }

    void fill(Tensor noisy, double time) {
        noisy.copyTo(sample.clear());
        sample.clear();
        if (continuous) {
            timestep.putFloat(0, (float) time);
        } else {
            timestep.putLong(0, (long) time);
        }
    }

    Tensor prediction() {
        return Tensor.copyOf(out, prediction.clear());
    }

    Map<String, OnnxTensor> inputs() {
        return Map.of(UNet2DGraph.SAMPLE, sampleTensor.get(), UNet2DGraph.TIMESTEP, timestepTensor.get());
    }

    Map<String, OnnxTensor> outputs() {
        return Map.of(UNet2DGraph.OUT_SAMPLE, predictionTensor.get());
    }

    @Override
    public void close() {
        sampleTensor.close();
        timestepTensor.close();
        predictionTensor.close();
        arena.close();
    }
}
