package dev.noisediffusion.export;

import dev.noisediffusion.image.PngFile;
import dev.noisediffusion.job.FilmRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The recipe inside an export. An MP4 or WebM has it in its comment tag, a GIF in a comment extension and a WebP in the
 * description of its XMP, there after {@value #PREFIX}; a PNG in an iTXt chunk with the keyword {@value #KEYWORD}.
 */
public final class Recipes {
    static final String KEYWORD = "noisediffusion-recipe";
    static final String PREFIX = KEYWORD + ":";

    private Recipes() {}

    /**
     * The recipe that an export of the studio was made with.
     *
     * @param export an MP4, WebM, GIF, WebP, APNG or PNG file, or the folder of a PNG sequence
     * @return empty if the file has none: made by another program, or its metadata taken out on the way
     * @throws ExportException if the file cannot be read
     */
    public static Optional<String> read(Path export) throws ExportException {
        try {
            if (Files.isDirectory(export)) {
                Optional<Path> first = firstPng(export);
                return first.isPresent() ? PngFile.readText(first.get(), KEYWORD) : Optional.empty();
            }
            return readFile(export);
        } catch (NoSuchFileException e) {
            throw ExportException.about(
                    export, FilmRefusal.GONE, " was not found: it may have been moved, renamed or deleted.", e);
        } catch (IOException e) {
            throw ExportException.about(export, FilmRefusal.UNREADABLE, " cannot be read.", e);
        }
    }

    private static Optional<String> readFile(Path file) throws IOException {
        String start;
        try (InputStream in = Files.newInputStream(file)) {
            start = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
        }
        if (start.startsWith("GIF8")) {
            return GifBlocks.comment(file, PREFIX);
        }
        if (start.startsWith("\u0089PNG")) {
            return PngFile.readText(file, KEYWORD);
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return WebpFile.recipe(file);
        }
        if (start.startsWith("\u001aE\u00df\u00a3")) {
            return withoutPrefix(WebmTags.find(file, "COMMENT"));
        }
        if (start.startsWith("ftyp", 4)) {
            return withoutPrefix(Mp4Boxes.comment(file));
        }
        return Optional.empty();
    }

    private static Optional<String> withoutPrefix(Optional<String> comment) {
        return comment.filter(text -> text.startsWith(PREFIX)).map(text -> text.substring(PREFIX.length()));
    }

    private static Optional<Path> firstPng(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Recipes::isFrame).sorted().findFirst();
        }
    }

    /** Names that begin with a dot are leftovers of file managers: on a stick from a Mac each file has one beside it. */
    private static boolean isFrame(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".png") && !name.startsWith(".");
    }
}
