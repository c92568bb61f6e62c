package dev.noisediffusion.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTest {
    @ParameterizedTest
    @CsvSource({
        "0.00123, 0.001230",
        "-0.0456, -0.04560",
        "0.00004, 0.00004000",
        "0.00000001, 0.00000001",
        "0, 0.0000",
        "1e-12, 0.0000",
        "NaN, NaN"
    })
    void aSmallNumberKeepsTheDigitsThatCount(double value, String shown) {
        assertEquals(shown, ReportPage.number(value, ""));
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.2500", "1.5, 1.500", "12.5, 12.50", "125.5, 125.5", "1255, 1255"})
    void aLargeNumberHasNoMoreDigits(double value, String shown) {
        assertEquals(shown, ReportPage.number(value, ""));
    }
}
