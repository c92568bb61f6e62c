package dev.noisediffusion.lab;

import dev.noisediffusion.export.ContactSheet;
import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.LabRefusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The report of an experiment: every number ({@code results.csv}), means with intervals ({@code summary.csv},
 * {@code results.json}), some of the frames ({@code contact-sheet.png}) and all of it on one page that needs no other file
 * ({@code report.html}).
 */
public final class LabReport {
    private static final String SHEET = "contact-sheet.png";

    private LabReport() {}

    /**
     * Writes a report, also of a run that is not finished.
     *
     * @param results file of a run
     * @param folder made where there is none
     * @return the page
     * @throws LabException if the results cannot be read or are damaged
     * @throws ExportException if the report cannot be written
     */
    public static Path write(Path results, Path folder) throws LabException, ExportException {
        ResultsFile.Content content = ResultsFile.read(results);
        Summary summary = Summary.of(content);
        Optional<Picture> sheet = FrameSheet.of(content, ContactSheet.MAX_PIXELS);
        Path page = folder.resolve("report.html");
        try {
            Files.createDirectories(folder);
            write(folder.resolve("results.csv"), ResultTables.results(content));
            write(folder.resolve("summary.csv"), ResultTables.summary(content.header(), summary));
            write(folder.resolve("results.json"), ResultTables.json(content.header(), summary));
            Optional<byte[]> png = sheet.isEmpty() ? Optional.empty() : Optional.of(PngFile.bytes(sheet.get()));
            if (png.isPresent()) {
                AtomicFile.write(folder.resolve(SHEET), png.get());
            }
            write(page, new ReportPage(content.header(), summary, PathGatherer.charts(content), png).html());
            return page;
        } catch (IOException e) {
            throw new ExportException(
                    LabRefusal.REPORT_NOT_WRITTEN.with(folder),
                    "The report cannot be written to " + folder + "; choose another folder.",
                    e);
        }
    }

    /** Whether a file is the contact sheet of a report that lies beside its results. */
    public static boolean isSheet(Path file) {
        return file.endsWith(SHEET) && Files.exists(file.resolveSibling(ResultsFile.NAME));
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The file of the whole results in a folder.
     *
     * @throws LabException if there is none
     */
    public static Path resultsIn(Path folder) throws LabException {
        Path file = folder.resolve(ResultsFile.NAME);
        if (!Files.isRegularFile(file)) {
            throw new LabException("There are no whole results in " + folder
                    + "; merge its shards first, or run the experiment there.");
        }
        return file;
    }
}
