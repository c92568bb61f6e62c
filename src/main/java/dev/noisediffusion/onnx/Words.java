package dev.noisediffusion.onnx;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a network hears of a prompt.
 *
 * @param tokens a state for each token, [1, 77, width]
 * @param whole the whole prompt, [1, width], where the network hears that as well
 */
record Words(Tensor tokens, Optional<Tensor> whole) {
    /** What several text encoders say, side by side; the whole prompt is what the last one of those that have it says. */
    static Words beside(List<Words> all) {
        Tensor tokens = all.getFirst().tokens;
        Optional<Tensor> whole = all.getFirst().whole;
        for (Words more : all.subList(1, all.size())) {
            tokens = beside(tokens, more.tokens);
            whole = more.whole.isPresent() ? more.whole : whole;
        }
        return new Words(tokens, whole);
    }

    private static Tensor beside(Tensor left, Tensor right) {
        int length = left.shape().dim(1);
        int first = left.shape().dim(2);
        int second = right.shape().dim(2);
        var values = new float[length * (first + second)];
        for (int token = 0; token < length; token++) {
            for (int i = 0; i < first; i++) {
                values[token * (first + second) + i] = left.get(token * first + i);
            }
            for (int i = 0; i < second; i++) {
                values[token * (first + second) + first + i] = right.get(token * second + i);
            }
        }
        return Tensor.wrap(Shape.of(1, length, first + second), values);
    }

    /** On the great circle to others: each part on its own. */
    Words turned(Words other, double turn) {
        return new Words(
                Kernels.slerp(tokens, other.tokens, turn),
                whole.map(prompt -> Kernels.slerp(prompt, other.whole.orElseThrow(), turn)));
    }

    /** All zeros. */
    Words silent() {
        return new Words(Tensor.zeros(tokens.shape()), whole.map(prompt -> Tensor.zeros(prompt.shape())));
    }

    /** These for some pictures, and others for as many. */
    Words forBatch(int batch, List<Words> others) {
        List<Tensor> all = new ArrayList<>(Collections.nCopies(batch, tokens));
        List<Tensor> prompts = new ArrayList<>();
        whole.ifPresent(prompt -> prompts.addAll(Collections.nCopies(batch, prompt)));
        for (Words other : others) {
            all.addAll(Collections.nCopies(batch, other.tokens));
            other.whole.ifPresent(prompt -> prompts.addAll(Collections.nCopies(batch, prompt)));
        }
        return new Words(
                Tensor.concat(all), prompts.isEmpty() ? Optional.empty() : Optional.of(Tensor.concat(prompts)));
    }
}
