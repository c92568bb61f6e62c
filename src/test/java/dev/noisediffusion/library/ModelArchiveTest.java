package dev.noisediffusion.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.noisediffusion.job.CancellationToken;
import dev.noisediffusion.job.Progress;
import dev.noisediffusion.job.ProgressListener;
import dev.noisediffusion.model.Fixtures;
import dev.noisediffusion.model.ModelException;
import dev.noisediffusion.model.Refusals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArchiveTest {
    private static final Path TINY = Fixtures.folder("unet2d-modern");
    private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

    @TempDir
    Path folder;

    private final CancellationToken cancellation = new CancellationToken();

    /** Puts entries into an archive. */
    @FunctionalInterface
    private interface Packer {
        void pack(ZipArchiveOutputStream zip) throws IOException;
    }

    private Path zip(String name, Packer packer) throws IOException {
        Path file = folder.resolve(name);
        try (var zip = new ZipArchiveOutputStream(file)) {
            packer.pack(zip);
        }
        return file;
    }

    private static void put(ZipArchiveOutputStream zip, String name, byte[] bytes) throws IOException {
        put(zip, new ZipArchiveEntry(name), bytes);
    }

    private static void put(ZipArchiveOutputStream zip, ZipArchiveEntry entry, byte[] bytes) throws IOException {
        zip.putArchiveEntry(entry);
        zip.write(bytes);
        zip.closeArchiveEntry();
    }

    private static void putModel(ZipArchiveOutputStream zip, String prefix) throws IOException {
        try (Stream<Path> tree = Files.walk(TINY)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                put(zip, prefix + TINY.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private ModelLibrary library() {
        return new ModelLibrary(
                new ModelLibrary.Places(folder.resolve("models"), folder.resolve("none"), folder.resolve("hub")),
                Catalogue.ofStudio());
    }

    private LibraryModel unpack(Path zip) throws ModelException {
        return library().unpack(zip, ProgressListener.NONE, cancellation);
    }

    private void assertLeftNothing() throws IOException {
        Path models = folder.resolve("models");
        if (Files.exists(models)) {
            try (Stream<Path> left = Files.list(models)) {
                assertEquals(List.of(), left.toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unet2d-modern/"})
    void aZippedFolderIsInstalledWithAndWithoutAFolderAroundIt(String prefix) throws Exception {
        Path zip = zip("My model.ZIP", packed -> {
            put(packed, "__MACOSX/" + prefix + "._config", new byte[3]);
            putModel(packed, prefix);
            put(packed, prefix + ".DS_Store", new byte[3]);
        });
        assertTrue(ModelLibrary.isArchive(zip));
        var heard = new ArrayList<Progress>();
        LibraryModel model = library().unpack(zip, heard::add, cancellation);
        assertEquals("My-model", model.id());
        assertEquals(Origin.INSTALLED, model.origin());
        assertTrue(model.isUsable(), model::problem);
        assertEquals(-1, Files.mismatch(TINY.resolve(WEIGHTS), model.folder().resolve(WEIGHTS)));
        assertFalse(Files.exists(model.folder().resolve(".DS_Store")));
        assertEquals(1, heard.getLast().fraction());
        String sentence = Refusals.sentence(ModelException.class, () -> unpack(zip));
        assertTrue(sentence.contains("is there already"), sentence);
        library().remove(model);
        assertLeftNothing();
    }

    /** The Explorer writes names as MS-DOS did. */
    @Test
    void aZipOfWindowsWithAnUmlautInItsFolderIsUnpacked() throws Exception {
        Path zip = zip("model.zip", packed -> {
            packed.setEncoding("IBM437");
            putModel(packed, "Vögel/");
            put(packed, "Vögel/Größe.txt", new byte[3]);
        });
        LibraryModel model = unpack(zip);
        assertTrue(model.isUsable(), model::problem);
        assertTrue(Files.exists(model.folder().resolve("Größe.txt")));
    }

    @Test
    void aZipOfWindowsWithBackslashesAndAnUmlautInItsFolderIsUnpacked() throws Exception {
        Path zip = zip("model.zip", packed -> {
            packed.setEncoding("IBM437");
            putModel(packed, "Vögel/");
        });
        String bytes = Files.readString(zip, StandardCharsets.ISO_8859_1);
        String separated = Pattern.compile("V\u0094gel/(?:\\w+/)?")
                .matcher(bytes)
                .replaceAll(folders -> Matcher.quoteReplacement(folders.group().replace('/', '\\')));
        assertFalse(separated.contains("gel/"));
        Files.writeString(zip, separated, StandardCharsets.ISO_8859_1);
        LibraryModel model = unpack(zip);
        assertTrue(model.isUsable(), model::problem);
    }

    /** A Mac does not say that its names are UTF-8. */
    @Test
    void namesThatDoNotSayWhatTheyAreWrittenInAreUtf8WhereTheyCanBe() throws Exception {
        Path zip = zip("model.zip", packed -> {
            packed.setUseLanguageEncodingFlag(false);
            putModel(packed, "Vögel/");
            put(packed, "Vögel/Größe.txt", new byte[3]);
        });
        assertTrue(Files.exists(unpack(zip).folder().resolve("Größe.txt")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.txt",
                "unet/../../evil.txt",
                "/tmp/evil.txt",
                "C:/evil.txt",
                "..\\evil.txt",
                "__MACOSX/../../evil.txt",
                ".hidden/../../evil.txt"
            })
    void aNameThatLeadsOutOfTheFolderIsRefusedBeforeAnythingIsWritten(String name) throws Exception {
        Path zip = zip("model.zip", packed -> {
            putModel(packed, "");
            put(packed, entryNamed(name), new byte[] {1});
        });
        refuses(zip, "would lead out of the model's folder");
        assertFalse(Files.exists(folder.resolve("evil.txt")));
    }

    /** The library that writes the archive would mend some of these names. */
    private static ZipArchiveEntry entryNamed(String name) {
        return new ZipArchiveEntry("x") {
            @Override
            public String getName() {
                return name;
            }
        };
    }

    private void refuses(Path zip, String words) throws IOException {
        String sentence = Refusals.sentence(ModelException.class, () -> unpack(zip));
        assertTrue(sentence.contains(words), sentence);
        assertTrue(sentence.startsWith(zip.toString()), sentence);
        assertLeftNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet/nul.json", "unet/a?.json", "unet/config.json "})
    void namesThatNotEverySystemHasAreRefused(String name) throws Exception {
        refuses(zip("model.zip", packed -> put(packed, entryNamed(name), new byte[1])), "is not the name of a file");
    }

    @Test
    void linksAreRefused() throws Exception {
        var link = new ZipArchiveEntry("unet/config.json");
        link.setUnixMode(UnixStat.LINK_FLAG | UnixStat.DEFAULT_LINK_PERM);
        byte[] target = "/etc/passwd".getBytes(StandardCharsets.UTF_8);
        refuses(zip("model.zip", packed -> put(packed, link, target)), "is a link");
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() throws Exception {
        Path zip = zip("model.zip", packed -> {
            put(packed, "unet/config.json", new byte[1]);
            put(packed, "UNet/Config.json", new byte[1]);
        });
        refuses(zip, "is in it twice");
    }

    @Test
    void whatWouldFillTheDiskIsRefused() throws Exception {
        Path zip = zip("model.zip", packed -> {
            packed.putArchiveEntry(new ZipArchiveEntry("unet/zeros.safetensors"));
            for (int i = 0; i < 80; i++) {
                packed.write(new byte[1 << 20]);
            }
            packed.closeArchiveEntry();
        });
        assertTrue(Files.size(zip) < 1 << 20);
        refuses(zip, "would become 84 MB");
    }

    /** Changes a field of four bytes in the table of contents. */
    private static void patch(Path zip, String name, int field, int value) throws IOException {
        byte[] all = Files.readAllBytes(zip);
        ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        int at = -1;
        for (int i = 0; i < all.length - 46; i++) {
            if (bytes.getInt(i) == 0x02014b50
                    && new String(all, i + 46, name.length(), StandardCharsets.UTF_8).equals(name)) {
                at = i;
            }
        }
        bytes.putInt(at + field, value);
        Files.write(zip, all);
    }

    @Test
    void aFileThatIsLargerThanItSaysEndsThere() throws Exception {
        Path zip = zip("model.zip", packed -> putModel(packed, ""));
        patch(zip, "unet/config.json", 24, 10);
        refuses(zip, "is larger than it says");
    }

    @Test
    void aFileThatIsDamagedIsRefused() throws Exception {
        Path zip = zip("model.zip", packed -> putModel(packed, ""));
        patch(zip, "unet/config.json", 16, 12345);
        refuses(zip, "is damaged");
    }

    /** Not the folder that it would be unpacked into. */
    @Test
    void aFileThatCannotBeUnpackedIsCalledDamaged() throws Exception {
        Path zip = zip("model.zip", packed -> putModel(packed, ""));
        spoil(zip, WEIGHTS);
        refuses(zip, "\"" + WEIGHTS + "\" in it is damaged");
    }

    /** Makes the first bytes of a packed file such as no packer writes. */
    private static void spoil(Path zip, String name) throws IOException {
        byte[] all = Files.readAllBytes(zip);
        int at = new String(all, StandardCharsets.ISO_8859_1).indexOf(name);
        int extra = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getShort(at - 2);
        int packed = at + name.length() + extra;
        Arrays.fill(all, packed, packed + 200, (byte) 0xff);
        Files.write(zip, all);
    }

    @Test
    void anEncryptedFileIsRefused() throws Exception {
        Path zip = zip("model.zip", packed -> putModel(packed, ""));
        // The flags, with that for encryption, and the method, deflate.
        patch(zip, "unet/config.json", 8, 0x0008_0001);
        refuses(zip, "is encrypted");
    }

    @Test
    void whatIsNoArchiveOrHasNoModelInItIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text.zip"), "no archive");
        refuses(text, "could not be read as a zip archive");
        refuses(zip("empty.zip", packed -> {}), "there are no files in it");
        Path other = zip("other.zip", packed -> put(packed, "readme.txt", new byte[5]));
        assertThrows(ModelException.class, () -> unpack(other));
        assertLeftNothing();
        Path half = zip("half.zip", packed -> putModel(packed, ""));
        byte[] all = Files.readAllBytes(half);
        try (OutputStream out = Files.newOutputStream(half)) {
            out.write(all, 0, all.length / 2);
        }
        refuses(half, "could not be read as a zip archive");
    }

    @Test
    void aCancelledOneLeavesNothing() throws Exception {
        Path zip = zip("model.zip", packed -> putModel(packed, "tiny/"));
        assertThrows(
                CancellationException.class,
                () -> library().unpack(zip, progress -> cancellation.cancel(), cancellation));
        assertLeftNothing();
    }
}
