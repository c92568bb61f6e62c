package dev.noisediffusion.library;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A zip with a model's folder in it. All of its table of contents is looked at before a byte is written: names that would lead
 * out of the folder, links, names that are there twice, encrypted files, and contents out of proportion are refused. Hidden
 * files and those that systems leave in archives are left out.
 */
final class ModelArchive implements AutoCloseable {
    private static final String ENDING = ".zip";
    private static final int MOST_FILES = 10_000;

    /** Weights hardly become smaller; what becomes so much smaller is made to fill a disk. */
    private static final int MOST_GROWTH = 100;

    /** Up to here configurations, which do become much smaller, may be most of it. */
    private static final long SMALL = 64L << 20;

    private static final int BUFFER = 1 << 20;

    /** What a name is written in that does not say it is UTF-8 (APPNOTE.TXT, appendix D). */
    private static final Charset OF_MS_DOS =
            Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;

    private final Path file;
    private final ZipFile zip;
    private final Map<String, ZipArchiveEntry> files;

    private ModelArchive(Path file, ZipFile zip) throws IOException, ModelException {
        this.file = file;
        this.zip = zip;
        this.files = withoutCommonFolder(files());
        requireProportion();
    }

    /** Whether it is one by its name. */
    static boolean is(Path file) {
        return Files.isRegularFile(file)
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    /** The name without its ending. */
    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    /**
     * Opens an archive and looks at what is in it.
     *
     * @throws ModelException with a sentence, if it is none or is refused
     */
    static ModelArchive open(Path file) throws ModelException {
        ZipFile zip;
        try {
            zip = ZipFile.builder().setPath(file).get();
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.UNREADABLE.with(file, e.getMessage()),
                    file + " could not be read as a zip archive: it may be damaged or not whole.",
                    e);
        }
        boolean done = false;
        try {
            var archive = new ModelArchive(file, zip);
            done = true;
            return archive;
        } catch (IOException e) {
            throw new ModelException(
                    ModelRefusal.UNREADABLE.with(file, e.getMessage()),
                    file + " could not be read as a zip archive: " + e.getMessage(),
                    e);
        } finally {
            if (!done) {
                close(zip);
            }
        }
    }

    private Map<String, ZipArchiveEntry> files() throws ModelException {
        var found = new LinkedHashMap<String, ZipArchiveEntry>();
        Set<String> taken = new HashSet<>();
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            String name = nameOf(entry);
            requireNoWayOut(name);
            if (entry.isDirectory() || isLeftOut(name)) {
                continue;
            }
            if (entry.isUnixSymlink()) {
                throw refused("\"" + name + "\" in it is a link, which may lead anywhere");
            }
            requireInside(name);
            if (!zip.canReadEntryData(entry)) {
                throw refused("\"" + name + "\" in it is encrypted or packed in a way that is not known here");
            }
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                throw refused("\"" + name + "\" is in it twice");
            }
            if (found.size() == MOST_FILES) {
                throw refused("more than " + MOST_FILES + " files are in it, and no model has so many");
            }
            found.put(name, entry);
        }
        if (found.isEmpty()) {
            throw refused("there are no files in it");
        }
        return found;
    }

    /** Of names that do not say it, a Mac's are UTF-8, and those of the Explorer of Windows as MS-DOS had them. */
    private static String nameOf(ZipArchiveEntry entry) {
        byte[] raw = entry.getRawName();
        if (entry.getNameSource() != ZipArchiveEntry.NameSource.NAME || isUtf8(raw)) {
            return entry.getName();
        }
        String name = new String(raw, OF_MS_DOS);
        // Some packers of Windows separate folders as it does; of names in UTF-8 the library sees to that.
        boolean separated = entry.getPlatform() != ZipArchiveEntry.PLATFORM_FAT || name.contains("/");
        return separated ? name : name.replace('\\', '/');
    }

    private static boolean isUtf8(byte[] text) {
        return Arrays.equals(text, new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    }

    /** Also of what would be left out. */
    private void requireNoWayOut(String name) throws ModelException {
        if (name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || List.of(name.split("/")).contains("..")) {
            throw refused("\"" + name + "\" in it would lead out of the model's folder");
        }
    }

    private void requireInside(String name) throws ModelException {
        try {
            FileNames.requireInside(name);
        } catch (IllegalArgumentException e) {
            throw refused("\"" + name + "\" in it is not the name of a file within a model's folder");
        }
    }

    /** Hidden files, and what a Mac adds. */
    private static boolean isLeftOut(String name) {
        return List.of(name.split("/")).stream()
                .anyMatch(segment -> segment.startsWith(".") || segment.equals("__MACOSX"));
    }

    /** Most archives have all their files in one folder. */
    private static Map<String, ZipArchiveEntry> withoutCommonFolder(Map<String, ZipArchiveEntry> files) {
        String first = files.keySet().iterator().next();
        String folder = first.substring(0, first.indexOf('/') + 1);
        if (folder.isEmpty() || !files.keySet().stream().allMatch(name -> name.startsWith(folder))) {
            return files;
        }
        var inner = new LinkedHashMap<String, ZipArchiveEntry>();
        files.forEach((name, entry) -> inner.put(name.substring(folder.length()), entry));
        return inner;
    }

    private void requireProportion() throws IOException, ModelException {
        long bytes = bytes();
        if (bytes > SMALL && bytes / MOST_GROWTH > Files.size(file)) {
            throw refused("its " + Bytes.text(Files.size(file)) + " would become " + Bytes.text(bytes)
                    + ", as no model's weights do");
        }
    }

    private ModelException refused(String reason) {
        return refused(reason, null);
    }

    private ModelException refused(String reason, @Nullable Throwable cause) {
        return new ModelException(
                ModelRefusal.BAD_ARCHIVE.with(file, reason),
                file + " was not opened: " + reason + ". Unpack it yourself and look at what is in it, or get it anew.",
                cause);
    }

    private ModelException damaged(ZipArchiveEntry entry, @Nullable Throwable cause) {
        return refused("\"" + nameOf(entry) + "\" in it is damaged", cause);
    }

    /** Of all files, as the table of contents says; more than that never comes out. */
    long bytes() {
        long sum = 0;
        for (ZipArchiveEntry entry : files.values()) {
            sum = entry.getSize() < 0 ? Long.MAX_VALUE : sum + entry.getSize();
            if (sum < 0 || sum == Long.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
        }
        return sum;
    }

    /**
     * Writes all files into a folder.
     *
     * @param onWritten hears bytes as they are written
     * @throws ModelException if what comes out is not what the table of contents says
     */
    void unpack(Path folder, LongConsumer onWritten, CancellationToken cancellation)
            throws IOException, ModelException {
        for (Map.Entry<String, ZipArchiveEntry> packed : files.entrySet()) {
            Path target = folder.resolve(packed.getKey());
            Files.createDirectories(target.getParent());
            try (InputStream in = open(packed.getValue());
                    OutputStream out =
                            Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(packed.getValue(), in, out, onWritten, cancellation);
            }
        }
    }

    private InputStream open(ZipArchiveEntry entry) throws ModelException {
        try {
            return zip.getInputStream(entry);
        } catch (IOException e) {
            throw damaged(entry, e);
        }
    }

    /** What cannot be unpacked is no trouble of the folder that it is unpacked into. */
    private int read(ZipArchiveEntry entry, InputStream in, byte[] buffer) throws ModelException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw damaged(entry, e);
        }
    }

    private void copy(
            ZipArchiveEntry entry,
            InputStream in,
            OutputStream out,
            LongConsumer onWritten,
            CancellationToken cancellation)
            throws IOException, ModelException {
        var buffer = new byte[BUFFER];
        var crc = new CRC32();
        long left = entry.getSize();
        for (int read = read(entry, in, buffer); read >= 0; read = read(entry, in, buffer)) {
            cancellation.throwIfCancelled();
            left -= read;
            if (left < 0) {
                throw refused("\"" + nameOf(entry) + "\" in it is larger than it says");
            }
            crc.update(buffer, 0, read);
            out.write(buffer, 0, read);
            onWritten.accept(read);
        }
        if (left > 0 || crc.getValue() != entry.getCrc()) {
            throw damaged(entry, null);
        }
    }

    @Override
    public void close() {
        close(zip);
    }

    private static void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new IllegalStateException("An archive could not be closed", e);
        }
    }
}
