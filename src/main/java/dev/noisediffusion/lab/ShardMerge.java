package dev.noisediffusion.lab;

import dev.noisediffusion.export.ExportException;
import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.files.Turns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the results of all shards together: byte for byte those of a single run. */
public final class ShardMerge {
    private ShardMerge() {}

    /**
     * Merges the shards that lie in some folders.
     *
     * @param target folder that the whole results are put into
     * @return the file of the whole results
     * @throws LabException if shards are missing, not finished, damaged, or of different runs, or if the folder has the results of
     *     another run or one is writing there
     * @throws ExportException if the results cannot be written
     */
    public static Path merge(List<Path> folders, Path target) throws LabException, ExportException {
        var shards = new TreeMap<Integer, Path>();
        int count = 0;
        for (Path folder : folders) {
            for (Path file : filesIn(folder)) {
                Shard shard = Shard.ofFile(file).orElse(null);
                if (shard == null) {
                    continue;
                }
                if (count != 0 && shard.count() != count) {
                    throw new LabException("There are shards of a run in " + count + " parts and of one in "
                            + shard.count() + "; keep those of one run only.");
                }
                count = shard.count();
                Path other = shards.put(shard.number(), file);
                if (other != null && !isSame(other, file)) {
                    throw new LabException(
                            "Shard " + shard.number() + " is there twice: " + other + " and " + file + "; delete one.");
                }
            }
        }
        if (shards.isEmpty()) {
            throw new LabException("There are no shards in "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + "; is the path right?");
        }
        var missing = new TreeSet<Integer>();
        for (int number = 1; number <= count; number++) {
            if (!shards.containsKey(number)) {
                missing.add(number);
            }
        }
        if (!missing.isEmpty()) {
            throw new LabException("Of " + count + " shards these are missing: "
                    + missing.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + "; run them first.");
        }
        return write(List.copyOf(shards.values()), target);
    }

    @SuppressWarnings("try") // held, not used
    private static Path write(List<Path> files, Path target) throws LabException, ExportException {
        var whole = new ByteArrayOutputStream();
        Header header = ResultsFile.read(files.getFirst()).header();
        int items = header.plan().size();
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            ResultsFile.Content content = ResultsFile.read(file);
            if (!content.header().isOfSameRunAs(header)) {
                throw new LabException(
                        file + " is of another experiment, model, version, device or set of pictures than "
                                + files.getFirst() + "; keep the shards of one run only.");
            }
            var shard = new Shard(i + 1, files.size());
            ResultsFile.requireOrder(file, content.rows(), shard.from(items));
            int left = shard.to(items) - shard.from(items) - content.rows().size();
            if (left != 0) {
                throw new LabException(file + " is not finished: " + left + " results are missing; run it again, and"
                        + " it goes on where it stopped.");
            }
            append(whole, file, i == 0);
        }
        Path merged = target.resolve(ResultsFile.NAME);
        try (Turns.Turn ignored = ResultsFile.turn(merged)) {
            if (Files.exists(merged)) {
                ResultsFile.requireHeader(merged, ResultsFile.read(merged), header);
            }
            AtomicFile.write(merged, whole.toByteArray());
        } catch (LabException e) {
            throw e;
        } catch (IOException e) {
            throw new ExportException(merged + " cannot be written; choose another folder.", e);
        }
        return merged;
    }

    private static void append(ByteArrayOutputStream whole, Path file, boolean withHeader) throws LabException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int from = 0;
            while (!withHeader && from < bytes.length && bytes[from++] != '\n') {
                // The header is the first line.
            }
            whole.write(bytes, from, bytes.length - from);
        } catch (IOException e) {
            throw new LabException(file + " cannot be read; is the path right?", e);
        }
    }

    /** A folder may have been given twice; nothing is to be deleted then. */
    private static boolean isSame(Path one, Path other) throws LabException {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new LabException(other + " cannot be read; is the path right?", e);
        }
    }

    private static List<Path> filesIn(Path folder) throws LabException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        } catch (IOException e) {
            throw new LabException("The folder " + folder + " cannot be read; is the path right?", e);
        }
    }
}
