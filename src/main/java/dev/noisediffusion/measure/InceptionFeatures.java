package dev.noisediffusion.measure;

import dev.noisediffusion.diffusion.PictureGraph;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.tensor.Tensor;
import java.util.Map;

/**
 * Pictures as a network for recognising things sees them, one vector for each: what FID (Heusel et al. 2017) and KID
 * (Binkowski et al. 2018) are measured in. The names are right where the user's network is the Inception of those papers, its
 * output the 2,048 values after the last pooling. Where the network has a fixed size, pictures are scaled to it with a filter
 * that does not alias (Parmar et al. 2022).
 */
public final class InceptionFeatures {
    private final PictureGraph graph;
    private final PictureInput input;

    /**
     * Features by a network.
     *
     * @param graph stays the caller's to close
     * @param range of its pixel values; one that takes bytes gets 0 to 255
     * @throws IllegalArgumentException with a sentence, if it does not take one picture
     */
    public InceptionFeatures(PictureGraph graph, PixelRange range) {
        if (graph.inputs().size() != 1 || !graph.inputs().getFirst().takesPictures()) {
            throw new IllegalArgumentException(graph.name() + " is no network for FID: it should take one picture,"
                    + " [N, 3, H, W], and takes " + graph.inputs() + ".");
        }
        this.graph = graph;
        this.input = new PictureInput(graph.inputs().getFirst(), range);
    }

    /**
     * The features of a picture.
     *
     * @return as many values for every picture of one size, all finite
     * @throws IllegalStateException with a sentence, if the network says anything else
     */
    public float[] of(Picture picture) {
        Tensor said = graph.runner().run(Map.of(input.input().name(), input.of(picture)), graph.output());
        float[] vector = said.toArray();
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException(
                        graph.name() + " says a value that is no number; does it take pixels of another range?");
            }
        }
        return vector;
    }
}
