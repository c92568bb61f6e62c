package dev.noisediffusion.model;

import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.UNet2DConfig.Block;
import dev.noisediffusion.model.UNet2DConfig.Level;
import dev.noisediffusion.model.UNet2DConfig.Middle;
import dev.noisediffusion.model.UNet2DConfig.SampleSize;
import dev.noisediffusion.model.UNet2DConfig.TimeEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads and checks the {@code config.json} of a UNet2DModel. */
final class UNet2DConfigReader {
    /** Wider networks than any in the field are refused, so that no size overflows. */
    private static final int MAX_CHANNELS = 65_536;

    private static final int MAX_LEVELS = 12;

    private static final int MAX_LAYERS = 64;

    private final ConfigFile config;

    UNet2DConfigReader(ConfigFile config) {
        this.config = config;
    }

    UNet2DConfig read() throws ModelException {
        if (!config.text("_class_name", "nothing").equals("UNet2DModel")) {
            String found = config.text("_class_name", "nothing");
            throw config.refuse("_class_name", "UNet2DModel", found)
                    .as(ModelRefusal.OTHER_KIND.with(config.file(), found));
        }
        refuseUnknownWays();
        List<Level> levels = levels();
        int groups = config.positive("norm_num_groups", 32);
        boolean scaleShift = scaleShift();
        OptionalInt headChannels = config.mentions("attention_head_dim")
                ? config.optionalInteger("attention_head_dim")
                : OptionalInt.of(8);
        var read = new UNet2DConfig(
                channels("in_channels", 3),
                channels("out_channels", 3),
                sampleSize(),
                levels,
                config.positive("layers_per_block", 2),
                time(levels.getFirst().channels()),
                groups,
                config.number("norm_eps", 1e-5),
                headChannels,
                config.integer("downsample_padding", 1),
                middle(groups, scaleShift),
                scaleShift,
                config.flag("center_input_sample", false));
        requireSound(read);
        return read;
    }

    private void refuseUnknownWays() throws ModelException {
        config.requireText("time_embedding_type", "positional");
        config.requireTextNotNull("mid_block_type", "UNetMidBlock2D");
        config.requireUnset("class_embed_type");
        config.requireUnset("num_class_embeds");
        String activation = config.text("act_fn", "silu");
        if (!activation.equals("silu") && !activation.equals("swish")) {
            throw config.refuse("act_fn", "\"silu\"", "\"" + activation + "\"");
        }
    }

    private boolean scaleShift() throws ModelException {
        String way = config.text("resnet_time_scale_shift", "default");
        if (!way.equals("default") && !way.equals("scale_shift")) {
            throw config.refuse("resnet_time_scale_shift", "\"default\" or \"scale_shift\"", "\"" + way + "\"");
        }
        return way.equals("scale_shift");
    }

    private List<Level> levels() throws ModelException {
        List<Integer> channels = config.integers("block_out_channels");
        List<String> down = config.texts("down_block_types");
        List<String> up = config.texts("up_block_types");
        if (channels.isEmpty() || channels.size() > MAX_LEVELS) {
            throw config.refuse("block_out_channels", "1 to " + MAX_LEVELS + " numbers", channels.size() + " numbers");
        }
        if (down.size() != channels.size() || up.size() != channels.size()) {
            throw config.refuse(
                    down.size() != channels.size() ? "down_block_types" : "up_block_types",
                    "as long as block_out_channels, " + channels.size(),
                    (down.size() != channels.size() ? down : up).size() + " blocks");
        }
        var levels = new ArrayList<Level>();
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i) < 1 || channels.get(i) > MAX_CHANNELS) {
                throw config.refuse("block_out_channels", "numbers from 1 to " + MAX_CHANNELS, channels.toString());
            }
            levels.add(new Level(
                    channels.get(i), block("Down", down.get(i)), block("Up", up.get(channels.size() - 1 - i))));
        }
        return levels;
    }

    private Block block(String direction, String type) throws ModelException {
        String plain = direction + "Block2D";
        String attention = "Attn" + plain;
        String resnet = "Resnet" + direction + "sampleBlock2D";
        String side = direction.equals("Down") ? "down" : "up";
        if (type.equals(plain)) {
            return new Block(false, false);
        }
        if (type.equals(resnet)) {
            return new Block(false, true);
        }
        if (type.equals(attention)) {
            String resampling = config.text(side + "sample_type", "conv");
            if (!resampling.equals("conv") && !resampling.equals("resnet")) {
                throw config.refuse(side + "sample_type", "\"conv\" or \"resnet\"", "\"" + resampling + "\"");
            }
            return new Block(true, resampling.equals("resnet"));
        }
        throw config.refuse(
                side + "_block_types", "made of " + plain + ", " + attention + " and " + resnet, "\"" + type + "\"");
    }

    private TimeEmbedding time(int channels) throws ModelException {
        return new TimeEmbedding(
                channels,
                channels("time_embedding_dim", channels * 4),
                config.number("freq_shift", 0),
                config.flag("flip_sin_to_cos", true));
    }

    private Middle middle(int groups, boolean scaleShift) throws ModelException {
        OptionalInt own = config.optionalInteger("attn_norm_num_groups");
        OptionalInt inherited = scaleShift ? OptionalInt.empty() : OptionalInt.of(groups);
        return new Middle(
                config.number("mid_block_scale_factor", 1),
                config.flag("add_attention", true),
                own.isPresent() ? own : inherited);
    }

    private Optional<SampleSize> sampleSize() throws ModelException {
        if (config.isList("sample_size")) {
            List<Integer> sides = config.integers("sample_size");
            if (sides.size() != 2 || sides.get(0) < 1 || sides.get(1) < 1) {
                throw config.refuse("sample_size", "one number or two, at least 1", sides.toString());
            }
            return Optional.of(new SampleSize(sides.get(0), sides.get(1)));
        }
        if (!config.has("sample_size")) {
            return Optional.empty();
        }
        int side = config.positive("sample_size", 1);
        return Optional.of(new SampleSize(side, side));
    }

    private int channels(String name, int otherwise) throws ModelException {
        int channels = config.positive(name, otherwise);
        if (channels > 4 * MAX_CHANNELS) {
            throw config.refuse(name, "at most " + 4 * MAX_CHANNELS, String.valueOf(channels));
        }
        return channels;
    }

    private void requireSound(UNet2DConfig read) throws ModelException {
        for (Level level : read.levels()) {
            requireDivisor("norm_num_groups", read.groups(), level.channels());
        }
        if (read.middle().attentionGroups().isPresent()) {
            requireDivisor(
                    "attn_norm_num_groups",
                    read.middle().attentionGroups().getAsInt(),
                    read.levels().getLast().channels());
        }
        if (read.downsamplePadding() < 0 || read.downsamplePadding() > 1) {
            throw config.refuse("downsample_padding", "0 or 1", String.valueOf(read.downsamplePadding()));
        }
        if (!(read.epsilon() > 0)) {
            throw config.refuse("norm_eps", "above 0", String.valueOf(read.epsilon()));
        }
        if (!(read.middle().scale() > 0)) {
            throw config.refuse(
                    "mid_block_scale_factor",
                    "above 0",
                    String.valueOf(read.middle().scale()));
        }
        if (read.layersPerBlock() > MAX_LAYERS) {
            throw config.refuse("layers_per_block", "at most " + MAX_LAYERS, String.valueOf(read.layersPerBlock()));
        }
        int half = read.time().channels() / 2;
        if (!(half - read.time().freqShift() > 0)) {
            throw config.refuse(
                    "freq_shift",
                    "below half the first block's channels, " + half,
                    String.valueOf(read.time().freqShift()));
        }
        requireHeads(read);
    }

    private void requireDivisor(String name, int groups, int channels) throws ModelException {
        if (groups < 1 || channels % groups != 0) {
            throw config.refuse(name, "a divisor of every normalised block's channels, " + channels, "" + groups);
        }
    }

    private void requireHeads(UNet2DConfig read) throws ModelException {
        if (read.headChannels().isEmpty()) {
            return;
        }
        int head = read.headChannels().getAsInt();
        int narrowest = read.middle().attention() ? read.levels().getLast().channels() : Integer.MAX_VALUE;
        for (Level level : read.levels()) {
            if (level.down().attention() || level.up().attention()) {
                narrowest = Math.min(narrowest, level.channels());
            }
        }
        if (head < 1 || head > narrowest) {
            throw config.refuse("attention_head_dim", "from 1 to the channels, " + narrowest, String.valueOf(head));
        }
    }
}
