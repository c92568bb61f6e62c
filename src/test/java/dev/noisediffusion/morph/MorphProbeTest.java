package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.noisediffusion.diffusion.Denoiser;
import dev.noisediffusion.diffusion.StepListener;
import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.tensor.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MorphProbeTest {
    private static MorphProbe probe(Denoiser denoiser) {
        return new MorphProbe(MorphFixtures.model(denoiser, 1), new EncodingCache());
    }

    /** Whole strides of 2, 9, 334 or 600 steps would begin at 500, 888, 666 and 599, and a single one at 0. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 999",
        "2, 10, 900",
        "9, 10, 900",
        "10, 10, 900",
        "30, 30, 957",
        "50, 50, 980",
        "334, 451, 900",
        "600, 901, 900",
        "1000, 1000, 999",
        "2000, 1000, 999"
    })
    void aGeneratedPictureBeginsWherePureNoiseBelongs(int steps, int calls, int first) {
        List<Integer> told = new ArrayList<>();
        Denoiser gaussian = MorphFixtures.denoiser();
        MorphProbe probe = probe((noisy, timestep) -> {
            told.add(timestep);
            return gaussian.predict(noisy, timestep);
        });

        probe.generated(7, steps, StepListener.NONE, new CancellationToken());

        assertEquals(first, told.getFirst());
        assertEquals(calls, told.size());
        assertEquals(calls, probe.generatedCalls(steps));
    }

    @Test
    void picturesOfNumbersThatAreNoneAreRefused() {
        MorphProbe probe = probe((noisy, timestep) -> Kernels.affine(Double.NaN, noisy, 0));
        var token = new CancellationToken();
        MorphRequest request = MorphFixtures.request(2, MorphSettings.DEFAULT);
        assertThrows(OverflowException.class, () -> probe.generated(7, 4, StepListener.NONE, token));
        assertThrows(OverflowException.class, () -> probe.frames(request, List.of(0.5), 1, StepListener.NONE, token));
    }
}
