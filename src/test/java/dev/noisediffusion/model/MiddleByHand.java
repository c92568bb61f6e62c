package dev.noisediffusion.model;

import dev.noisediffusion.tensor.Tensor;

/**
 * The way down and the middle block of the fixture {@code unet2d-modern}, written out as loops in double: two levels of 16
 * and 32 channels, one residual block each, attention with heads of 8 channels at the second and in the middle.
 */
public final class MiddleByHand {
    private static final int GROUPS = 8;
    private static final int HEAD = 8;

    private final Safetensors weights;

    private MiddleByHand(Safetensors weights) {
        this.weights = weights;
    }

    /**
     * What the middle block makes of one picture.
     *
     * @param sample [1, 3, H, W]
     * @return 32 channels of H/2 x W/2 values
     */
    public static double[][][] of(Tensor sample, int timestep) throws ModelException {
        try (Safetensors file = Safetensors.open(
                Fixtures.folder("unet2d-modern").resolve("unet/diffusion_pytorch_model.safetensors"))) {
            return new MiddleByHand(file).middle(sample, timestep);
        }
    }

    private double[][][] middle(Tensor sample, int timestep) throws ModelException {
        int side = sample.shape().height();
        var x = new double[3][side][side];
        for (int i = 0; i < sample.size(); i++) {
            x[i / side / side][i / side % side][i % side] = sample.get(i);
        }
        double[] time = time(timestep);
        x = conv(x, "conv_in", 1);
        x = resnet(x, time, "down_blocks.0.resnets.0");
        x = conv(x, "down_blocks.0.downsamplers.0.conv", 2);
        x = attention(resnet(x, time, "down_blocks.1.resnets.0"), "down_blocks.1.attentions.0");
        x = attention(resnet(x, time, "mid_block.resnets.0"), "mid_block.attentions.0");
        return resnet(x, time, "mid_block.resnets.1");
    }

    private double[] time(int timestep) throws ModelException {
        var waves = new double[16];
        for (int i = 0; i < 8; i++) {
            double angle = timestep * Math.pow(10_000, -i / 8.0);
            waves[i] = Math.cos(angle);
            waves[8 + i] = Math.sin(angle);
        }
        return silu(linear(silu(linear(waves, "time_embedding.linear_1")), "time_embedding.linear_2"));
    }

    private double[][][] resnet(double[][][] x, double[] time, String key) throws ModelException {
        double[][][] h = conv(silu(groupNorm(x, key + ".norm1")), key + ".conv1", 1);
        double[] shift = linear(time, key + ".time_emb_proj");
        for (int c = 0; c < h.length; c++) {
            for (double[] row : h[c]) {
                for (int i = 0; i < row.length; i++) {
                    row[i] += shift[c];
                }
            }
        }
        h = conv(silu(groupNorm(h, key + ".norm2")), key + ".conv2", 1);
        return sum(x.length == h.length ? x : conv(x, key + ".conv_shortcut", 1), h);
    }

    private double[][][] attention(double[][][] x, String key) throws ModelException {
        int channels = x.length;
        int side = x[0].length;
        int places = side * side;
        double[][][] normal = groupNorm(x, key + ".group_norm");
        var q = new double[places][];
        var k = new double[places][];
        var v = new double[places][];
        for (int p = 0; p < places; p++) {
            var pixel = new double[channels];
            for (int c = 0; c < channels; c++) {
                pixel[c] = normal[c][p / side][p % side];
            }
            q[p] = linear(pixel, key + ".to_q");
            k[p] = linear(pixel, key + ".to_k");
            v[p] = linear(pixel, key + ".to_v");
        }
        var out = new double[channels][side][side];
        for (int p = 0; p < places; p++) {
            var mixed = new double[channels];
            for (int head = 0; head < channels; head += HEAD) {
                var shares = new double[places];
                double total = 0;
                for (int other = 0; other < places; other++) {
                    double score = 0;
                    for (int c = head; c < head + HEAD; c++) {
                        score += q[p][c] * k[other][c];
                    }
                    shares[other] = Math.exp(score / Math.sqrt(HEAD));
                    total += shares[other];
                }
                for (int other = 0; other < places; other++) {
                    for (int c = head; c < head + HEAD; c++) {
                        mixed[c] += shares[other] / total * v[other][c];
                    }
                }
            }
            double[] pixel = linear(mixed, key + ".to_out.0");
            for (int c = 0; c < channels; c++) {
                out[c][p / side][p % side] = pixel[c];
            }
        }
        return sum(x, out);
    }

    private double[][][] conv(double[][][] x, String key, int stride) throws ModelException {
        Tensor weight = weights.tensor(key + ".weight");
        Tensor bias = weights.tensor(key + ".bias");
        int kernel = weight.shape().height();
        int pad = kernel / 2;
        int side = x[0].length;
        var out = new double[weight.shape().batch()][side / stride][side / stride];
        for (int o = 0; o < out.length; o++) {
            for (int y = 0; y < side / stride; y++) {
                for (int u = 0; u < side / stride; u++) {
                    double value = bias.get(o);
                    for (int i = 0; i < x.length; i++) {
                        for (int dy = 0; dy < kernel; dy++) {
                            for (int dx = 0; dx < kernel; dx++) {
                                int row = y * stride + dy - pad;
                                int column = u * stride + dx - pad;
                                if (row >= 0 && row < side && column >= 0 && column < side) {
                                    value += weight.get(((o * x.length + i) * kernel + dy) * kernel + dx)
                                            * x[i][row][column];
                                }
                            }
                        }
                    }
                    out[o][y][u] = value;
                }
            }
        }
        return out;
    }

    private double[][][] groupNorm(double[][][] x, String key) throws ModelException {
        Tensor weight = weights.tensor(key + ".weight");
        Tensor bias = weights.tensor(key + ".bias");
        int size = x.length / GROUPS;
        int side = x[0].length;
        var out = new double[x.length][side][side];
        for (int first = 0; first < x.length; first += size) {
            double sum = 0;
            double squares = 0;
            for (int c = first; c < first + size; c++) {
                for (double[] row : x[c]) {
                    for (double value : row) {
                        sum += value;
                        squares += value * value;
                    }
                }
            }
            double mean = sum / (size * side * side);
            double deviation = Math.sqrt(squares / (size * side * side) - mean * mean + 1e-5);
            for (int c = first; c < first + size; c++) {
                for (int i = 0; i < side * side; i++) {
                    out[c][i / side][i % side] =
                            (x[c][i / side][i % side] - mean) / deviation * weight.get(c) + bias.get(c);
                }
            }
        }
        return out;
    }

    private double[] linear(double[] x, String key) throws ModelException {
        Tensor weight = weights.tensor(key + ".weight");
        Tensor bias = weights.tensor(key + ".bias");
        var out = new double[bias.size()];
        for (int o = 0; o < out.length; o++) {
            out[o] = bias.get(o);
            for (int i = 0; i < x.length; i++) {
                out[o] += weight.get(o * x.length + i) * x[i];
            }
        }
        return out;
    }

    private static double[][][] silu(double[][][] x) {
        var out = new double[x.length][x[0].length][];
        for (int c = 0; c < x.length; c++) {
            for (int row = 0; row < x[c].length; row++) {
                out[c][row] = silu(x[c][row]);
            }
        }
        return out;
    }

    private static double[] silu(double[] x) {
        var out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i] / (1 + Math.exp(-x[i]));
        }
        return out;
    }

    private static double[][][] sum(double[][][] x, double[][][] y) {
        var out = new double[x.length][x[0].length][x[0][0].length];
        for (int c = 0; c < x.length; c++) {
            for (int row = 0; row < out[c].length; row++) {
                for (int i = 0; i < out[c][row].length; i++) {
                    out[c][row][i] = x[c][row][i] + y[c][row][i];
                }
            }
        }
        return out;
    }
}
