package dev.noisediffusion.critic;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The network: two convolutions over the {@link BandStatistics}, the mean over all places, one logistic unit. Because the mean
 * comes last it takes pictures of every size, and the unit applied at each place before the mean says where its evidence lies: the class activation map
 * (Zhou et al. 2016). One call at a time.
 */
final class CriticNet implements AutoCloseable {
    /** Counts the ways of building, so that the parameters of an older network are not taken for a newer one's. */
    static final int VERSION = 2;

    private static final int LAST_CONVOLUTION = 1;
    private static final int FEATURES = 32;
    private static final double RATE = 5e-3;
    private static final double RATE_LEFT = 0.05;
    private static final double WEIGHT_DECAY = 1e-3;

    private final NativeArrays arrays;
    private final MultiLayerNetwork network;
    private boolean closed;

    private CriticNet(NativeArrays arrays, MultiLayerNetwork network) {
        this.arrays = arrays;
        this.network = network;
        arrays.opened();
    }

    /**
     * A network whose making may be the first use of ND4J, which starts its natives.
     *
     * @throws CriticException if they do not start on this computer
     */
    static CriticNet started(Supplier<CriticNet> making) throws CriticException {
        try {
            return making.get();
        } catch (LinkageError e) {
            Throwable first = e;
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                first = cause;
            }
            throw new CriticException(
                    ModelRefusal.CRITIC_NOT_RUNNABLE.with(first),
                    "Critics do not run on this computer: the library that they compute with does not start (" + first
                            + ").",
                    e);
        }
    }

    /**
     * A network that has learnt nothing yet.
     *
     * @param updates in how many its learning rate falls to a twentieth, at least 1
     */
    static CriticNet untrained(long seed, int updates, NativeArrays arrays) {
        // Its threads would wait for one another by spinning, which on a busy machine takes longer than the work
        // itself.
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        var network = new MultiLayerNetwork(configuration(seed, updates));
        network.init();
        return new CriticNet(arrays, network);
    }

    /**
     * A network as it was; it learns no more.
     *
     * @throws IllegalArgumentException if it has another number of parameters
     */
    static CriticNet of(float[] parameters, NativeArrays arrays) {
        CriticNet net = untrained(0, 1, arrays);
        if (net.network.numParams() != parameters.length) {
            net.close();
            throw new IllegalArgumentException(
                    "Expected " + net.network.numParams() + " parameters, found " + parameters.length);
        }
        try (NativeArrays.Owned values = arrays.own(Nd4j.create(parameters, 1, parameters.length))) {
            net.network.setParams(values.get());
        }
        return net;
    }

    /** The learning rate by the number of the update: however many there are, it falls as far. */
    static ISchedule rate(int updates) {
        return new ExponentialSchedule(ScheduleType.ITERATION, RATE, Math.pow(RATE_LEFT, 1.0 / updates));
    }

    private static MultiLayerConfiguration configuration(long seed, int updates) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(rate(updates)))
                .l2(WEIGHT_DECAY)
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .convolutionMode(ConvolutionMode.Same)
                .list()
                .layer(convolution(1))
                .layer(convolution(3))
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(new OutputLayer.Builder(LossFunction.XENT)
                        .activation(Activation.SIGMOID)
                        .weightInit(WeightInit.XAVIER)
                        .nOut(1)
                        .build())
                .setInputType(InputType.convolutional(8, 8, BandStatistics.CHANNELS))
                .build();
    }

    private static ConvolutionLayer convolution(int side) {
        return new ConvolutionLayer.Builder(side, side).nOut(FEATURES).build();
    }

    /**
     * One step of training.
     *
     * @param statistics [N, {@link BandStatistics#CHANNELS}, h, w]
     * @param invalid 1 for each picture with artifacts, else 0
     * @return the mean cross-entropy before the step, in nats, with the penalty of the weights
     */
    double learn(Tensor statistics, float[] invalid) {
        try (NativeArrays.Owned x = arrays.own(array(statistics));
                NativeArrays.Owned y = arrays.own(Nd4j.create(invalid, invalid.length, 1))) {
            network.fit(x.get(), y.get());
            return network.score();
        }
    }

    /**
     * The evidence for artifacts at each place, in log odds; the mean over all places is that of the whole picture.
     *
     * @param pixels [1, 3, H, W] in [-1, 1]
     * @return [1, 1, H/8, W/8], rounded up
     */
    Tensor evidence(Tensor pixels) {
        try (NativeArrays.Owned x = arrays.own(array(BandStatistics.of(pixels)))) {
            List<INDArray> layers = network.feedForwardToLayer(LAST_CONVOLUTION, x.get(), false);
            // The first of them is the input itself.
            List<NativeArrays.Owned> made =
                    layers.subList(1, layers.size()).stream().map(arrays::own).toList();
            try {
                return weighed(layers.getLast());
            } finally {
                made.forEach(NativeArrays.Owned::close);
            }
        }
    }

    private Tensor weighed(INDArray features) {
        int height = Math.toIntExact(features.size(2));
        int width = Math.toIntExact(features.size(3));
        float[] values;
        try (NativeArrays.Owned inOrder = arrays.own(features.dup('c'))) {
            values = inOrder.get().data().asFloat();
        }
        INDArray weights = network.getOutputLayer().getParam("W");
        double bias = network.getOutputLayer().getParam("b").getDouble(0);
        int plane = height * width;
        var sums = new double[plane];
        for (int c = 0; c < FEATURES; c++) {
            double weight = weights.getDouble(c);
            for (int i = 0; i < plane; i++) {
                sums[i] += weight * values[c * plane + i];
            }
        }
        var out = new float[plane];
        for (int i = 0; i < plane; i++) {
            out[i] = (float) (sums[i] + bias);
        }
        return Tensor.wrap(Shape.of(1, 1, height, width), out);
    }

    /** What the network itself says of a picture, the logistic of the mean evidence, in [0, 1]. */
    double output(Tensor pixels) {
        try (NativeArrays.Owned x = arrays.own(array(BandStatistics.of(pixels)));
                NativeArrays.Owned y = arrays.own(network.output(x.get()))) {
            return y.get().getDouble(0);
        }
    }

    private static INDArray array(Tensor tensor) {
        return Nd4j.create(tensor.toArray(), tensor.shape().toLongs(), 'c');
    }

    /** A copy of all parameters. */
    float[] parameters() {
        return network.params().toFloatVector();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        network.close();
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        arrays.closed();
    }
}
