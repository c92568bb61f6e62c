package dev.noisediffusion.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.noisediffusion.model.ElementType;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Precision;
import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.model.SafetensorsFiles;
import dev.noisediffusion.tensor.Shape;
import dev.noisediffusion.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonsTest {
    @TempDir
    Path folder;

    private Path expected(ElementType type, float... values) {
        return SafetensorsFiles.write(
                folder.resolve("expected.safetensors"),
                type,
                Map.of("x", SafetensorsFiles.tensor(Shape.of(values.length), values)));
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, 0.00005, true",
        "FULL, 0.0002, false",
        "HALF, 0.0002, true",
        "HALF, 0.049, true",
        "HALF, 0.051, false"
    })
    void halfTheDigitsLeaveFivePercentInDoubt(Precision precision, float error, boolean passes) throws ModelException {
        try (Safetensors values = Safetensors.open(expected(ElementType.F32, 1, -1))) {
            var comparisons = new Comparisons(values, precision);
            Tensor found = SafetensorsFiles.tensor(Shape.of(2), 1 + error, -1);
            comparisons.absolute("x", found, 1e-4);
            comparisons.relative("x", found, 1e-4);
            List<ModelReport.Comparison> done = comparisons.done("x");
            assertEquals(2, done.size());
            for (ModelReport.Comparison comparison : done) {
                assertEquals(passes, comparison.passed(), comparison::toString);
            }
        }
    }

    @Test
    void aToleranceThatIsLargerStaysAndWholeNumbersHaveNone() throws ModelException {
        try (Safetensors values = Safetensors.open(expected(ElementType.I64, 3, 5))) {
            var comparisons = new Comparisons(values, Precision.HALF);
            comparisons.exact("x", new long[] {3, 5});
            comparisons.exact("x", new long[] {3, 6});
            assertEquals(
                    List.of(true, false),
                    comparisons.done("x").stream()
                            .map(ModelReport.Comparison::passed)
                            .toList());
        }
        try (Safetensors values = Safetensors.open(expected(ElementType.F32, 1))) {
            var comparisons = new Comparisons(values, Precision.HALF);
            comparisons.absolute("x", SafetensorsFiles.tensor(Shape.of(1), 1), 0.2);
            assertEquals(0.2, comparisons.done("x").getFirst().tolerance());
            assertFalse(comparisons.has("y"));
        }
    }
}
