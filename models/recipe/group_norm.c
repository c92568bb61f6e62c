/* Group normalization with an optional SiLU, forward and backward, on bfloat16 feature
   maps with channels last. PyTorch does the same in four passes over float32 copies. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef uint16_t bf16;

static inline float widen(bf16 value) {
    union { uint32_t bits; float number; } u = {(uint32_t) value << 16};
    return u.number;
}

/* Rounds to the nearest, ties to even. */
static inline bf16 narrow(float number) {
    union { float number; uint32_t bits; } u = {number};
    return (bf16) ((u.bits + 0x7fff + ((u.bits >> 16) & 1)) >> 16);
}

/* x, y: pictures x places x channels. mean, rstd: pictures x groups. */
void group_norm_forward(
    const bf16 *x, const float *weight, const float *bias, bf16 *y, float *mean, float *rstd,
    int pictures, int places, int channels, int groups, float eps, int silu) {
    int width = channels / groups;
#pragma omp parallel for
    for (int n = 0; n < pictures; n++) {
        const bf16 *in = x + (size_t) n * places * channels;
        bf16 *out = y + (size_t) n * places * channels;
        float sum[channels], squares[channels], scale[channels], shift[channels];
        memset(sum, 0, sizeof sum);
        memset(squares, 0, sizeof squares);
        for (int p = 0; p < places; p++) {
#pragma omp simd
            for (int c = 0; c < channels; c++) {
                float value = widen(in[(size_t) p * channels + c]);
                sum[c] += value;
                squares[c] += value * value;
            }
        }
        for (int g = 0; g < groups; g++) {
            double total = 0, square = 0;
            for (int c = g * width; c < (g + 1) * width; c++) {
                total += sum[c];
                square += squares[c];
            }
            double count = (double) width * places, m = total / count;
            double variance = square / count - m * m;
            float r = (float) (1.0 / sqrt((variance > 0 ? variance : 0) + eps));
            mean[n * groups + g] = (float) m;
            rstd[n * groups + g] = r;
            for (int c = g * width; c < (g + 1) * width; c++) {
                scale[c] = r * weight[c];
                shift[c] = bias[c] - (float) m * r * weight[c];
            }
        }
        for (int p = 0; p < places; p++) {
            const bf16 *from = in + (size_t) p * channels;
            bf16 *to = out + (size_t) p * channels;
            if (silu) {
#pragma omp simd
                for (int c = 0; c < channels; c++) {
                    float z = scale[c] * widen(from[c]) + shift[c];
                    to[c] = narrow(z / (1.0f + expf(-z)));
                }
            } else {
#pragma omp simd
                for (int c = 0; c < channels; c++) {
                    to[c] = narrow(scale[c] * widen(from[c]) + shift[c]);
                }
            }
        }
    }
}

/* dx like x; dweight, dbias: pictures x channels, to be summed over the pictures. */
void group_norm_backward(
    const bf16 *x, const bf16 *dy, const float *weight, const float *bias, const float *mean,
    const float *rstd, bf16 *dx, float *dweight, float *dbias,
    int pictures, int places, int channels, int groups, int silu) {
    int width = channels / groups;
#pragma omp parallel
    {
        float *dz = malloc((size_t) places * channels * sizeof(float));
#pragma omp for
        for (int n = 0; n < pictures; n++) {
            size_t begin = (size_t) n * places * channels;
            float scale[channels], shift[channels], sum[channels], product[channels];
            float byX[channels], constant[channels];
            memset(sum, 0, sizeof sum);
            memset(product, 0, sizeof product);
            for (int c = 0; c < channels; c++) {
                float m = mean[n * groups + c / width], r = rstd[n * groups + c / width];
                scale[c] = r * weight[c];
                shift[c] = bias[c] - m * r * weight[c];
            }
            for (int p = 0; p < places; p++) {
                const bf16 *from = x + begin + (size_t) p * channels;
                const bf16 *down = dy + begin + (size_t) p * channels;
                float *kept = dz + (size_t) p * channels;
#pragma omp simd
                for (int c = 0; c < channels; c++) {
                    float value = widen(from[c]), slope = widen(down[c]);
                    if (silu) {
                        float z = scale[c] * value + shift[c];
                        float s = 1.0f / (1.0f + expf(-z));
                        slope *= s * (1.0f + z * (1.0f - s));
                    }
                    kept[c] = slope;
                    sum[c] += slope;
                    product[c] += slope * value;
                }
            }
            for (int g = 0; g < groups; g++) {
                float m = mean[n * groups + g], r = rstd[n * groups + g];
                double ds = 0, db = 0;
                for (int c = g * width; c < (g + 1) * width; c++) {
                    ds += (double) product[c] * weight[c];
                    db += (double) sum[c] * weight[c];
                }
                double count = (double) width * places;
                double a = (db * m - ds) * r * r * r / count;
                for (int c = g * width; c < (g + 1) * width; c++) {
                    byX[c] = (float) a;
                    constant[c] = (float) (-a * m - db * r / count);
                    dweight[(size_t) n * channels + c] = (product[c] - sum[c] * m) * r;
                    dbias[(size_t) n * channels + c] = sum[c];
                }
            }
            for (int p = 0; p < places; p++) {
                const bf16 *from = x + begin + (size_t) p * channels;
                const float *kept = dz + (size_t) p * channels;
                bf16 *to = dx + begin + (size_t) p * channels;
#pragma omp simd
                for (int c = 0; c < channels; c++) {
                    to[c] = narrow(scale[c] * kept[c] + byX[c] * widen(from[c]) + constant[c]);
                }
            }
        }
        free(dz);
    }
}
