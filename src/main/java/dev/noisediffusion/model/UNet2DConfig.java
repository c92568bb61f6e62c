package dev.noisediffusion.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The shape of a UNet2DModel of the diffusers library, as its {@code config.json} gives it; absent fields have that
 * library's defaults.
 *
 * @param inChannels channels of the latents
 * @param outChannels channels of the prediction
 * @param sampleSize of the latents in training, where the file says it
 * @param levels the levels of the U from the finest down
 * @param layersPerBlock residual blocks per level on the way down; one more on the way up
 * @param time how the timestep is embedded
 * @param groups of the group normalisations
 * @param epsilon of the group normalisations
 * @param headChannels channels per attention head; empty for a single head
 * @param downsamplePadding of strided convolutions; 0 pads below and to the right only
 * @param middle the block between the way down and the way up
 * @param scaleShift whether the timestep scales and shifts after the second normalisation rather than being added before
 * @param centerInput whether inputs come in [0, 1] and are moved to [-1, 1] first
 */
public record UNet2DConfig(
        int inChannels,
        int outChannels,
        Optional<SampleSize> sampleSize,
        List<Level> levels,
        int layersPerBlock,
        TimeEmbedding time,
        int groups,
        double epsilon,
        OptionalInt headChannels,
        int downsamplePadding,
        Middle middle,
        boolean scaleShift,
        boolean centerInput) {
    /** Sides of the latents, in latent pixels. */
    public record SampleSize(int height, int width) {}

    /**
     * One level: its channels and its two blocks.
     *
     * @param channels after the block
     * @param down the block on the way down
     * @param up the block on the way up
     */
    public record Level(int channels, Block down, Block up) {}

    /**
     * What a block has beside its residual blocks.
     *
     * @param attention after each of them
     * @param resnetResampling changes size with a residual block rather than a convolution
     */
    public record Block(boolean attention, boolean resnetResampling) {}

    /**
     * Sines and cosines of the timestep, then two layers.
     *
     * @param channels of the sines and cosines together
     * @param width of the embedding
     * @param freqShift taken from the number of frequencies when they are spread
     * @param cosinesFirst cosines before sines
     */
    public record TimeEmbedding(int channels, int width, double freqShift, boolean cosinesFirst) {}

    /**
     * The middle block.
     *
     * @param scale what sums of its branches are divided by
     * @param attention whether it has attention
     * @param attentionGroups of the attention's normalisation; empty for none
     */
    public record Middle(double scale, boolean attention, OptionalInt attentionGroups) {}

    public UNet2DConfig {
        levels = List.copyOf(levels);
    }

    /** The latents' sides must be multiples of this: each level but the last halves them. */
    public int sideMultiple() {
        return 1 << (levels.size() - 1);
    }

    /**
     * Reads a file.
     *
     * @throws ModelException if it is missing, unsound, or asks for something that the studio cannot do
     */
    public static UNet2DConfig read(Path file) throws ModelException {
        return new UNet2DConfigReader(ConfigFile.read(file)).read();
    }
}
