package dev.noisediffusion.ui.viewmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.noisediffusion.lab.Cell;
import dev.noisediffusion.lab.LabBoard;
import dev.noisediffusion.morph.MorphSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabTableViewModelTest {
    private final LabTableViewModel table = new LabTableViewModel(new LabWords(Texts.load(Locale.ENGLISH)));

    /** Of two cells, nothing of which is measured yet. */
    private static LabNews withBaseline(int baseline) {
        List<LabBoard.Line> lines = IntStream.range(0, 2)
                .mapToObj(i -> new LabBoard.Line(
                        new Cell("gamma=" + i, MorphSettings.DEFAULT, 1, List.of(0.5)),
                        false,
                        i == baseline,
                        Map.of(),
                        Map.of(),
                        Optional.empty()))
                .toList();
        return new LabNews(
                new LabBoard(List.of(), 0, 2, lines, List.of()), List.of(Optional.empty(), Optional.empty()));
    }

    private List<Boolean> baselines() {
        return table.lines().stream().map(LabLine::isBaseline).toList();
    }

    @Test
    void theMarkOfTheBaselineGoesWithIt() {
        table.show(withBaseline(0));
        assertEquals(List.of(true, false), baselines());
        table.show(withBaseline(1));
        assertEquals(List.of(false, true), baselines());
    }

    @Test
    void linesStayWhileOnlyTheirNumbersChange() {
        table.show(withBaseline(0));
        List<LabLine> before = List.copyOf(table.lines());
        table.show(withBaseline(0));
        assertEquals(before, table.lines());
    }
}
