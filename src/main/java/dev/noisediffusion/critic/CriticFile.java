package dev.noisediffusion.critic;

import dev.noisediffusion.files.AtomicFile;
import dev.noisediffusion.job.ModelRefusal;
import dev.noisediffusion.measure.Interval;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Critics on disk, one file for each model: a ZIP of {@code critic.json} (version, model, report, calibration) and
 * {@code parameters.f32} (float32, little-endian). Nothing in it is code.
 */
public final class CriticFile {
    /** Of the file; a newer one is refused. */
    static final int VERSION = 1;

    private static final String HEADER = "critic.json";
    private static final String PARAMETERS = "parameters.f32";
    private static final int MOST_BYTES = 16 << 20;
    private static final int NAME_LENGTH = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    /** Critics in a folder of the user, which is made when it is needed. */
    public CriticFile(Path folder) {
        this.folder = folder;
    }

    /** What stands in the file beside the parameters. */
    record Header(int version, int network, String model, CriticReport report, Calibration calibration) {}

    /** The file of a model's critic, which need not be there. */
    public Path of(String modelId) {
        String name = modelId.replaceAll("[^A-Za-z0-9]", "");
        return folder.resolve(name.substring(0, Math.min(name.length(), NAME_LENGTH)) + ".critic");
    }

    /**
     * Sees to it that critics can be kept, before one is trained for a quarter of an hour.
     *
     * @throws CriticException if the folder cannot be made or written to
     */
    public void requireWritable() throws CriticException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".", ".check"));
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static CriticException unwritable(Path place, IOException cause) {
        return new CriticException(
                ModelRefusal.CRITIC_UNWRITABLE.with(place),
                "No critic can be saved to " + place + ": check that the folder may be written and the disk has room.",
                cause);
    }

    /**
     * Keeps a critic, whole or not at all, in place of the one its model had. A good one does not go for one that is not
     * good enough to use.
     *
     * @return why it was not kept, for the caller to throw or to tell; empty where it was
     * @throws CriticException if it cannot be written
     */
    public Optional<CriticException> keep(Critic critic) throws CriticException {
        if (critic.report().refusal().isPresent() && hasGood(critic.modelId())) {
            return Optional.of(new CriticException(
                    ModelRefusal.CRITIC_WORSE.with(),
                    "The critic just trained is not good enough to use, so the good one from before was kept. Other or more"
                            + " photographs may help.",
                    null));
        }
        save(critic);
        return Optional.empty();
    }

    /** Saves a critic whatever its model had. */
    private void save(Critic critic) throws CriticException {
        Path file = of(critic.modelId());
        var bytes = new ByteArrayOutputStream();
        float[] values = critic.parameters();
        ByteBuffer parameters = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        parameters.asFloatBuffer().put(values);
        var header = new Header(VERSION, CriticNet.VERSION, critic.modelId(), critic.report(), critic.calibration());
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(HEADER));
            zip.write(JSON.writeValueAsBytes(header));
            zip.putNextEntry(new ZipEntry(PARAMETERS));
            zip.write(parameters.array());
            zip.finish();
            AtomicFile.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** One that cannot be read is not good. */
    private boolean hasGood(String modelId) {
        try {
            // Its network has not started, so there is nothing to close.
            return load(modelId)
                    .filter(stored -> stored.report().refusal().isEmpty())
                    .isPresent();
        } catch (CriticException e) {
            return false;
        }
    }

    /**
     * The critic of a model.
     *
     * @return owned by the caller; empty where none was trained
     * @throws CriticException if the file is damaged, of a newer version or another model's
     */
    public Optional<Critic> load(String modelId) throws CriticException {
        Path file = of(modelId);
        Map<String, byte[]> entries;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw damaged(file, null);
            }
            entries = entries(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw damaged(file, e);
        }
        byte[] head = entries.getOrDefault(HEADER, new byte[0]);
        byte[] parameters = entries.getOrDefault(PARAMETERS, new byte[0]);
        Header header = header(file, head);
        if (header.version() != VERSION || header.network() != CriticNet.VERSION) {
            throw new CriticException(
                    ModelRefusal.CRITIC_OUTDATED.with(file),
                    file + " was written by another version of the studio: train the critic again.",
                    null);
        }
        if (!header.model().equals(modelId)) {
            throw new CriticException(
                    ModelRefusal.CRITIC_OF_ANOTHER_MODEL.with(file),
                    file + " is the critic of another model: train one for this model.",
                    null);
        }
        var values = new float[parameters.length / Float.BYTES];
        ByteBuffer.wrap(parameters)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return Optional.of(new Critic(modelId, header.report(), header.calibration(), values, new NativeArrays()));
    }

    private static Header header(Path file, byte[] json) throws CriticException {
        try {
            Header header = JSON.readValue(json, Header.class);
            if (header == null || header.model() == null || header.report() == null || header.calibration() == null) {
                throw damaged(file, null);
            }
            Interval auc = header.report().auc();
            if (auc == null) {
                throw damaged(file, null);
            }
            return header;
        } catch (JacksonException e) {
            throw damaged(file, e);
        }
    }

    private static Map<String, byte[]> entries(byte[] file) throws IOException {
        var entries = new HashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes(MOST_BYTES);
                zip.closeEntry();
                entries.put(entry.getName(), content);
            }
        }
        return entries;
    }

    private static CriticException damaged(Path file, @org.jspecify.annotations.Nullable Throwable cause) {
        return new CriticException(
                ModelRefusal.CRITIC_DAMAGED.with(file),
                file + " is damaged: delete it and train the critic again.",
                cause);
    }
}
