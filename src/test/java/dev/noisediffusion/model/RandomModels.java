package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Shape;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Writes model folders of any size with random weights, for tests of size and memory. Weights stream to the disk. */
public final class RandomModels {
    private static final String SCHEDULER = "{\"_class_name\":\"DDIMScheduler\",\"beta_schedule\":\"linear\"}";

    private RandomModels() {}

    /**
     * A UNet2DModel of the ADM shape (Dhariwal and Nichol 2021): residual blocks that resample, the timestep as scale and
     * shift, attention at the three coarsest levels.
     *
     * @param width channels of the finest level; 256 gives the half billion parameters of the original at 256 pixels
     * @param headChannels of the attention; the original has 64
     * @param side of the pictures, a multiple of 32
     */
    public static Path writeAdm(Path folder, int width, int headChannels, int side) throws IOException, ModelException {
        Path unet = Files.createDirectories(folder.resolve("unet"));
        Files.createDirectories(folder.resolve("scheduler"));
        Files.writeString(folder.resolve("scheduler/scheduler_config.json"), SCHEDULER);
        Files.writeString(unet.resolve("config.json"), admConfig(width, headChannels, side));
        UNet2DConfig config = UNet2DConfig.read(unet.resolve("config.json"));
        Path none = SafetensorsFiles.write(unet.resolve("none"), ElementType.F32, Map.of());
        try (Safetensors file = Safetensors.open(none)) {
            var wanted = new Wanted(file);
            UNet2DGraph.of(config, new GraphBuilder("wanted", wanted)).build();
            writeWeights(unet.resolve("diffusion_pytorch_model.safetensors"), wanted.shapes);
        }
        Files.delete(none);
        return folder;
    }

    private static String admConfig(int width, int headChannels, int side) {
        return """
                {"_class_name": "UNet2DModel", "in_channels": 3, "out_channels": 3, "sample_size": %d,
                 "block_out_channels": [%d, %d, %d, %d, %d, %d],
                 "down_block_types": ["ResnetDownsampleBlock2D", "ResnetDownsampleBlock2D", "ResnetDownsampleBlock2D",
                                      "AttnDownBlock2D", "AttnDownBlock2D", "AttnDownBlock2D"],
                 "up_block_types": ["AttnUpBlock2D", "AttnUpBlock2D", "AttnUpBlock2D",
                                    "ResnetUpsampleBlock2D", "ResnetUpsampleBlock2D", "ResnetUpsampleBlock2D"],
                 "downsample_type": "resnet", "upsample_type": "resnet", "resnet_time_scale_shift": "scale_shift",
                 "attn_norm_num_groups": %d, "norm_num_groups": %d, "attention_head_dim": %d, "layers_per_block": 2}
                """.formatted(
                        side,
                        width,
                        width,
                        2 * width,
                        2 * width,
                        4 * width,
                        4 * width,
                        Math.min(32, width),
                        Math.min(32, width),
                        headChannels);
    }

    /** Takes note of every weight that a graph asks for. */
    private static final class Wanted extends WeightBook {
        private final Map<String, Shape> shapes = new LinkedHashMap<>();

        Wanted(Safetensors file) {
            super(file);
        }

        @Override
        Safetensors.Entry take(String name, int... dims) {
            Shape shape = Shape.of(dims);
            shapes.put(name, shape);
            return new Safetensors.Entry(name, ElementType.F32, shape, 0, 4L * shape.size());
        }
    }

    private static void writeWeights(Path file, Map<String, Shape> shapes) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        long end = 0;
        for (Map.Entry<String, Shape> weight : shapes.entrySet()) {
            long start = end;
            end += 4L * weight.getValue().size();
            entries.put(
                    weight.getKey(),
                    SafetensorsFiles.entry("F32", weight.getValue().dims().toString(), start, end));
        }
        byte[] header = entries.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(StandardCharsets.UTF_8);
        var random = new SplittableRandom(1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
                var data = new DataOutputStream(out)) {
            data.writeLong(Long.reverseBytes(header.length));
            data.write(header);
            for (Map.Entry<String, Shape> weight : shapes.entrySet()) {
                writeValues(data, weight.getKey(), weight.getValue(), random);
            }
        }
    }

    /** Of a size that keeps the values of a network near those it is given. */
    private static void writeValues(DataOutputStream data, String name, Shape shape, SplittableRandom random)
            throws IOException {
        boolean scale = shape.rank() == 1 && name.endsWith(".weight");
        double magnitude = shape.rank() == 1 ? 0.05 : Math.sqrt((double) shape.dim(0) / shape.size());
        for (int i = 0; i < shape.size(); i++) {
            float value = (float) (magnitude * (2 * random.nextDouble() - 1) + (scale ? 1 : 0));
            data.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(value)));
        }
    }
}
