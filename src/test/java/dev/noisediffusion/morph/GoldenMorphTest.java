package dev.noisediffusion.morph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.model.Safetensors;
import dev.noisediffusion.tensor.Kernels;
import dev.noisediffusion.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The formulas against values computed in float64 by an independent implementation. */
class GoldenMorphTest {
    private static final Path FIXTURE = Path.of("src/test/resources/fixtures/morph");
    private static final double TOLERANCE = 1e-6;

    private static Safetensors expected;
    private static JsonNode cases;

    @BeforeAll
    static void open() throws Exception {
        expected = Safetensors.open(FIXTURE.resolve("expected.safetensors"));
        cases = JsonMapper.shared().readTree(FIXTURE.resolve("cases.json"));
    }

    @AfterAll
    static void close() {
        expected.close();
    }

    static Stream<JsonNode> noiseDiffusion() {
        return cases("noise_diffusion");
    }

    static Stream<JsonNode> slerp() {
        return cases("slerp");
    }

    static Stream<JsonNode> noiseIntroduction() {
        return cases("noise_introduction");
    }

    private static Stream<JsonNode> cases(String method) {
        var found = new ArrayList<JsonNode>();
        StreamSupport.stream(cases.get(method).spliterator(), false).forEach(found::add);
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("noiseDiffusion")
    void noiseDiffusionEqualsTheReference(JsonNode example) throws Exception {
        Weights weights = Weights.ofPair(example.get("fraction").asDouble());
        double gamma = example.get("gamma").asDouble();
        Injection injection = Injection.ofGain(example.get("injection_gain").asDouble());
        BoundaryPlacement placement = BoundaryPlacement.valueOf(
                example.get("boundary_placement").asString().toUpperCase(Locale.ROOT));

        Coefficients k = Coefficients.of(Mix.coupled(weights), gamma, injection);

        assertEquals(example.get("alpha").asDouble(), k.alphas().get(0), TOLERANCE);
        assertEquals(example.get("beta").asDouble(), k.alphas().get(1), TOLERANCE);
        assertEquals(example.get("mu").asDouble(), k.mus().get(0), TOLERANCE);
        assertEquals(example.get("nu").asDouble(), k.mus().get(1), TOLERANCE);
        check(
                new NoiseDiffusion(gamma, example.get("boundary").asDouble(), placement, injection),
                example,
                "noise_diffusion_");
    }

    @ParameterizedTest
    @MethodSource("slerp")
    void slerpEqualsTheReference(JsonNode example) throws Exception {
        check(new Slerp(), example, "slerp_");
    }

    @ParameterizedTest
    @MethodSource("noiseIntroduction")
    void noiseIntroductionEqualsTheReference(JsonNode example) throws Exception {
        check(new NoiseIntroduction(), example, "noise_introduction_");
    }

    private static void check(LatentMethod method, JsonNode example, String prefix) throws Exception {
        var ingredients = new LatentMethod.Ingredients(
                List.of(tensor("image_a"), tensor("image_b")),
                List.of(tensor("latent_a"), tensor("latent_b")),
                tensor("noise"),
                cases.get("alpha_bar").asDouble());
        Tensor mixture = method.combine(
                Mix.coupled(Weights.ofPair(example.get("fraction").asDouble())), ingredients);
        Tensor reference = tensor(prefix + example.get("index").asInt());
        assertTrue(Kernels.maxAbsDifference(reference, mixture) < TOLERANCE);
    }

    private static Tensor tensor(String name) throws Exception {
        return expected.tensor(name);
    }
}
