package dev.noisediffusion.image;

import java.awt.Rectangle;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** One open picture file: its declared size first, its pixels on request. */
final class ImageDecoder implements AutoCloseable {
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "jpg", "gif", "bmp", "webp", "tif", "tiff");

    static {
        registerPlugins();
    }

    private final byte[] contents;
    private final ImageInputStream stream;
    private final ImageReader reader;
    private final String format;
    private boolean cutOff;

    private ImageDecoder(byte[] contents, ImageInputStream stream, ImageReader reader, String format) {
        this.contents = contents;
        this.stream = stream;
        this.reader = reader;
        this.format = format;
        reader.addIIOReadWarningListener(new IIOReadWarningListener() {
            @Override
            public void warningOccurred(ImageReader source, String warning) {
                // libjpeg fills what is missing with grey and only warns.
                cutOff |= warning.toLowerCase(Locale.ROOT).contains("premature end");
            }
        });
        reader.setInput(stream, false, true);
    }

    /** A decoder for the contents of a file, or null if no known format claims it. */
    static @Nullable ImageDecoder open(byte[] contents) throws IOException {
        var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(contents));
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            String format = reader.getFormatName().toLowerCase(Locale.ROOT);
            if (FORMATS.contains(format)) {
                return new ImageDecoder(contents, stream, reader, format);
            }
            reader.dispose();
        }
        stream.close();
        return null;
    }

    int width() throws IOException {
        return reader.getWidth(0);
    }

    int height() throws IOException {
        return reader.getHeight(0);
    }

    /** How the camera was held. */
    Orientation orientation() {
        return Orientation.read(contents, format);
    }

    /** Decodes the first frame. */
    BufferedImage read() throws IOException {
        return read(reader.getDefaultReadParam());
    }

    /** Decodes a part of the first frame. */
    BufferedImage read(Rectangle area) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceRegion(area);
        return read(param);
    }

    private BufferedImage read(ImageReadParam param) throws IOException {
        if (format.equals("bmp")) {
            requireWholeBmp();
        }
        BufferedImage image = reader.read(0, param);
        if (cutOff) {
            throw new EOFException("The file ends before the picture does");
        }
        if (!format.equals("png")) {
            return image;
        }
        // The platform's PNG reader leaves the profile out.
        Optional<ICC_Profile> profile = PngChunks.colourProfile(contents);
        return profile.isPresent() ? Pictures.withProfile(image, profile.get()) : image;
    }

    /** The platform's BMP reader fills missing rows with black; the header knows the file's length (0: not said). */
    private void requireWholeBmp() throws EOFException {
        long declared = 0;
        for (int i = 5; i >= 2 && contents.length > 5; i--) {
            declared = declared << 8 | (contents[i] & 0xff);
        }
        if (declared > contents.length) {
            throw new EOFException("Expected " + declared + " bytes, found " + contents.length);
        }
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }

    /** Plug-ins are looked for with the class loader of this class: that of the thread may see none. */
    private static void registerPlugins() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ImageDecoder.class.getClassLoader());
        try {
            ImageIO.scanForPlugins();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
