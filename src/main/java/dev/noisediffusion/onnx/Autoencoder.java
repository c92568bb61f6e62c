package dev.noisediffusion.onnx;

import dev.noisediffusion.diffusion.Codec;
import dev.noisediffusion.model.LatentSpace;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An autoencoder as codec (Kingma and Welling 2014): the mean of what it sees, scaled. Owns its two graphs. */
final class Autoencoder implements Codec {
    private static final String PIXELS = "sample";
    private static final String LATENTS = "latent_sample";

    private final OrtGraph encoder;
    private final OrtGraph decoder;
    private final LatentSpace space;
    private final String encoded;
    private final String decoded;

    /**
     * An autoencoder for one size of picture.
     *
     * @throws ModelException if a graph takes other inputs than an autoencoder has
     */
    Autoencoder(OrtGraph encoder, OrtGraph decoder, LatentSpace space, int width, int height) throws ModelException {
        this.encoder = encoder;
        this.decoder = decoder;
        this.space = space;
        encoder.requireInputs(Map.of(PIXELS, Shape.of(1, 3, height, width)));
        decoder.requireInputs(Map.of(LATENTS, latentShape(width, height)));
        this.encoded = encoder.firstOutput("latent_parameters", LATENTS);
        this.decoded = decoder.firstOutput("sample");
    }

    @Override
    public Shape latentShape(int width, int height) {
        if (width % space.factor() != 0 || height % space.factor() != 0) {
            throw new IllegalArgumentException(
                    "Expected sides in multiples of " + space.factor() + " pixels, found " + width + "x" + height);
        }
        return Shape.of(1, space.channels(), height / space.factor(), width / space.factor());
    }

    /** The mean comes first; behind it some graphs give the logarithm of the variance. */
    @Override
    public Tensor encode(Tensor pixels) {
        return oneByOne(pixels, picture -> {
            Tensor parameters = encoder.run(Map.of(PIXELS, picture), encoded);
            Tensor mean = parameters.channels(0, space.channels());
            return Kernels.affine(space.scaling(), mean, -space.scaling() * space.shift());
        });
    }

    @Override
    public Tensor decode(Tensor latents) {
        return oneByOne(latents, latent -> {
            Tensor mean = Kernels.affine(1 / space.scaling(), latent, space.shift());
            return decoder.run(Map.of(LATENTS, mean), decoded);
        });
    }

    /** Pictures take much memory on their way through an autoencoder, and gain nothing from company. */
    private static Tensor oneByOne(Tensor batch, UnaryOperator<Tensor> work) {
        List<Tensor> done = new ArrayList<>();
        for (int i = 0; i < batch.shape().batch(); i++) {
            done.add(work.apply(batch.slice(i)));
        }
        return Tensor.concat(done);
    }

    @Override
    public void close() {
        try (encoder) {
            decoder.close();
        }
    }
}
