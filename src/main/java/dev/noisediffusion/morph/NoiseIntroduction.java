package dev.noisediffusion.morph;

import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;

/**
 * The SDEdit-like baseline of the paper: the same fresh noise is added to every picture, and the results are slerped.
 * Valid noise by construction, at the price of the pictures' own details.
 */
public record NoiseIntroduction() implements LatentMethod {
    @Override
    public Tensor combine(Mix mix, Ingredients in) {
        double signal = Math.sqrt(in.alphaBar());
        double noise = Math.sqrt(1 - in.alphaBar());
        return Slerp.along(
                mix.noise(),
                in.clean().stream()
                        .map(clean -> Kernels.linear(signal, clean, noise, in.noise()))
                        .toList());
    }

    @Override
    public boolean usesFreshNoise() {
        return true;
    }

    @Override
    public boolean needsEncodings() {
        return false;
    }
}
