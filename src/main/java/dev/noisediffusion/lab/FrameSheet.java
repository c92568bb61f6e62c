package dev.noisediffusion.lab;

import dev.noisediffusion.export.LabelledSheet;
import dev.noisediffusion.image.ImageException;
import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.job.LabRefusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The frames in the middle of some morphs: a column for each pair, a row for each cell; blank where one has overflowed. */
final class FrameSheet {
    private static final String FIRST = "A";
    private static final String SECOND = "B";

    private FrameSheet() {}

    /**
     * The sheet of a run.
     *
     * @param maxPixels that it may have
     * @return of as many pairs as fit; empty while no pair is whole, or where one is too much
     * @throws LabException if a frame in the results is damaged
     */
    static Optional<Picture> of(ResultsFile.Content content, long maxPixels) throws LabException {
        WorkPlan plan = content.header().plan();
        int cells = plan.cells().size();
        Map<Integer, List<String>> whole = new TreeMap<>();
        for (Row row : content.rows()) {
            if (row.pictures() != null) {
                whole.computeIfAbsent(row.pair(), added -> new ArrayList<>()).addAll(row.pictures());
            }
        }
        whole.values().removeIf(pictures -> pictures.size() != cells + 2);
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        // A picture of the pair: its first frame may have overflowed.
        Picture sample = decoded(whole.values().iterator().next().get(1));
        long most = maxPixels / LabelledSheet.pixels(cells + 2, sample.width(), sample.height());
        if (most == 0) {
            return Optional.empty();
        }
        Map<Integer, List<Picture>> columns = new TreeMap<>();
        for (int pair : whole.keySet().stream().limit(most).toList()) {
            var column = new ArrayList<Picture>();
            for (String png : Objects.requireNonNull(whole.get(pair))) {
                column.add(png.equals(Row.NONE) ? blank(sample) : decoded(png));
            }
            columns.put(pair, column);
        }
        var rows = new ArrayList<>(List.of(FIRST));
        plan.cells().forEach(cell -> rows.add(cell.label()));
        rows.add(SECOND);
        var pictures = new ArrayList<Picture>();
        for (int row = 0; row < cells + 2; row++) {
            // In the file the pictures of the pair come right after its first frame.
            int place = row == 0 ? 1 : row == 1 ? 0 : row == cells + 1 ? 2 : row + 1;
            columns.values().forEach(column -> pictures.add(column.get(place)));
        }
        List<String> names = columns.keySet().stream()
                .map(pair -> (plan.pairs().get(pair).generated() ? "generated " : "pair ") + (pair + 1))
                .toList();
        return Optional.of(new LabelledSheet("", "", names, rows, pictures).draw());
    }

    /** White, since black is what a frame that has overflowed would look like. */
    private static Picture blank(Picture sample) {
        var rgb = new byte[3 * sample.width() * sample.height()];
        Arrays.fill(rgb, (byte) 0xff);
        return Picture.wrap(sample.width(), sample.height(), rgb);
    }

    /** A frame as it lies in a row. */
    static Picture decoded(String png) throws LabException {
        try {
            return new ImageLoader().load(Base64.getDecoder().decode(png), "frame.png");
        } catch (ImageException | IllegalArgumentException e) {
            throw new LabException(
                    LabRefusal.FRAME_DAMAGED.with(),
                    "A frame in the results is damaged; delete them and run the experiment again.",
                    e);
        }
    }
}
