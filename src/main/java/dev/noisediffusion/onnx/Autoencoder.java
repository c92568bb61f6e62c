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
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An autoencoder as codec (Kingma and Welling 2014): the mean of what it sees, scaled. Large pictures go through it in tiles.
 * Owns its two graphs.
 */
final class Autoencoder implements Codec {
    private static final String PIXELS = "sample";
    private static final String LATENTS = "latent_sample";

    /** In positions of latents. */
    private static final int SMALLEST_PIECE = 16;

    private final OrtGraph encoder;
    private final OrtGraph decoder;
    private final LatentSpace space;
    private final Tiles tiles;
    private final String encoded;
    private final String decoded;

    /**
     * An autoencoder for one size of picture.
     *
     * @param tiles for pictures that are too large for one piece; graphs of one fixed size take them whole all the same
     * @throws ModelException if a graph takes other inputs than an autoencoder has
     */
    Autoencoder(OrtGraph encoder, OrtGraph decoder, LatentSpace space, int width, int height, Tiles tiles)
            throws ModelException {
        this.encoder = encoder;
        this.decoder = decoder;
        this.space = space;
        encoder.requireInputs(Map.of(PIXELS, Shape.of(1, 3, height, width)));
        decoder.requireInputs(Map.of(LATENTS, latentShape(width, height)));
        this.tiles = tiles;
        this.encoded = encoder.firstOutput("latent_parameters", LATENTS);
        this.decoded = decoder.firstOutput("sample");
    }

    private Autoencoder(Autoencoder other, Tiles tiles) {
        this.encoder = other.encoder;
        this.decoder = other.decoder;
        this.space = other.space;
        this.tiles = tiles;
        this.encoded = other.encoded;
        this.decoded = other.decoded;
    }

    /**
     * The same graphs with pictures in pieces of half the side that they go through in now.
     *
     * @param latent the shape of a picture's latents
     * @return empty where the pieces would be too small to see what is in them, or the graphs take one size only
     */
    Optional<Autoencoder> inSmallerPieces(Shape latent) {
        int side = pieceSide(latent) / space.factor() / 2;
        if (side < SMALLEST_PIECE) {
            return Optional.empty();
        }
        var smaller = new Autoencoder(this, new Tiles(side, side / 4, 0));
        return smaller.isSplit(latent) ? Optional.of(smaller) : Optional.empty();
    }

    /** The longer side of the pieces that a picture goes through in, in pixels. */
    int pieceSide(Shape latent) {
        Shape piece = isSplit(latent) ? tiles.tile(latent) : latent;
        return Math.max(piece.height(), piece.width()) * space.factor();
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
            Tensor parameters =
                    isSplit(latentShape(picture.shape().width(), picture.shape().height()))
                            ? tiles.reduce(picture, space.factor(), this::parameters)
                            : parameters(picture);
            Tensor mean = parameters.channels(0, space.channels());
            return Kernels.affine(space.scaling(), mean, -space.scaling() * space.shift());
        });
    }

    @Override
    public Tensor decode(Tensor latents) {
        return oneByOne(latents, latent -> {
            Tensor mean = Kernels.affine(1 / space.scaling(), latent, space.shift());
            return isSplit(mean.shape()) ? tiles.enlarge(mean, space.factor(), this::pixels) : pixels(mean);
        });
    }

    private Tensor parameters(Tensor pixels) {
        return encoder.run(Map.of(PIXELS, pixels), encoded);
    }

    private Tensor pixels(Tensor mean) {
        return decoder.run(Map.of(LATENTS, mean), decoded);
    }

    private boolean isSplit(Shape latent) {
        Shape tile = tiles.tile(latent);
        Shape pixels = Shape.of(1, 3, tile.height() * space.factor(), tile.width() * space.factor());
        return tiles.split(latent) && encoder.takes(PIXELS, pixels) && decoder.takes(LATENTS, tile);
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
