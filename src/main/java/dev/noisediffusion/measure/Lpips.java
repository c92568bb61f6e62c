package dev.noisediffusion.measure;

import dev.noisediffusion.diffusion.PictureGraph;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The learned perceptual distance of two pictures (Zhang et al. 2018), by a network that the user has: which network, and
 * which weights, decides what the number means. It is given two pictures, [1, 3, H, W], of values -1 to 1, or 0 to 255 where it
 * takes bytes, and says one number; where its inputs have a fixed size the pictures are scaled to it.
 */
public final class Lpips {
    private final PictureGraph graph;

    /**
     * LPIPS by a network.
     *
     * @param graph stays the caller's to close
     * @throws IllegalArgumentException with a sentence, if it does not take two pictures
     */
    public Lpips(PictureGraph graph) {
        List<PictureGraph.Input> inputs = graph.inputs();
        if (inputs.size() != 2 || !inputs.stream().allMatch(PictureGraph.Input::takesPictures)) {
            throw new IllegalArgumentException(graph.name() + " is no LPIPS network: it should take two pictures,"
                    + " [N, 3, H, W], and takes " + inputs + ".");
        }
        this.graph = graph;
    }

    /**
     * The distance of two pictures of one size.
     *
     * @return 0 for equal ones; without a fixed upper end
     * @throws IllegalStateException with a sentence, if the network says anything but one finite number
     */
    public double distance(Picture a, Picture b) {
        PictureGraph.Input first = graph.inputs().getFirst();
        PictureGraph.Input second = graph.inputs().getLast();
        Tensor said = graph.runner()
                .run(
                        Map.of(
                                first.name(), new PictureInput(first, PixelRange.SIGNED).of(a),
                                second.name(), new PictureInput(second, PixelRange.SIGNED).of(b)),
                        graph.output());
        if (said.size() != 1 || !Float.isFinite(said.get(0))) {
            throw new IllegalStateException(graph.name() + " is no LPIPS network: it should say one number for two"
                    + " pictures, and says " + said + ".");
        }
        return said.get(0);
    }
}
