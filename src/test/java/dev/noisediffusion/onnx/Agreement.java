package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How near a network on the processor must be to the reference, whatever the studio itself lets pass. */
final class Agreement {
    private Agreement() {}

    static void require(ModelReport report) {
        assertTrue(report.passed(), () -> report.comparisons().toString());
        for (ModelReport.Comparison comparison : report.comparisons()) {
            assertTrue(comparison.error() <= mostFor(comparison.name()), comparison::toString);
        }
    }

    private static double mostFor(String name) {
        return switch (name) {
            case "alphas_cumprod" -> 1e-6;
            case "out_sample",
                    "codec_latent",
                    "codec_decoded",
                    "edm_denoised",
                    "prompt_embeds",
                    "negative_prompt_embeds",
                    "pooled_prompt_embeds",
                    "pooled_negative_prompt_embeds",
                    "latent_a",
                    "latent_b" -> 1e-4;
            case "ddim_inverse_trajectory",
                    "ddim_encoded",
                    "ddim_decoded",
                    "encoded_a",
                    "encoded_b",
                    "noise_diffusion_latent",
                    "noise_diffusion_image",
                    "slerp_latent",
                    "slerp_image" -> 1e-3;
            // Words and timesteps are equal.
            default -> 0;
        };
    }
}
