package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.ImageLimits;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Resampler;
import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Turns what the user handed over into a picture with a name. Blocks; for background threads. */
final class OfferReader {
    /** A picture on its way into a slot. */
    record Loaded(String name, Picture picture) {}

    private final PictureReader pictures;
    private final WebFetcher web;
    private final Texts texts;

    OfferReader(PictureReader pictures, WebFetcher web, Texts texts) {
        this.pictures = pictures;
        this.web = web;
        this.texts = texts;
    }

    Loaded read(PictureOffer offer, CancellationToken cancellation) throws Exception {
        return switch (offer) {
            case PictureOffer.File file -> readFile(file.path());
            case PictureOffer.Pixels pixels -> new Loaded(texts.get("picture.pasted"), opaque(pixels.raster()));
            case PictureOffer.Web address -> readAddress(address.address(), cancellation);
        };
    }

    /** The file that a picture comes from, if it comes from one. */
    static Optional<Path> source(PictureOffer offer) {
        return offer instanceof PictureOffer.File file ? Optional.of(file.path()) : Optional.empty();
    }

    private Loaded readFile(Path file) throws Exception {
        return new Loaded(String.valueOf(file.getFileName()), pictures.read(file));
    }

    private Loaded readAddress(URI address, CancellationToken cancellation) throws Exception {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> readFile(Path.of(address));
            case "data" -> readData(address.getRawSchemeSpecificPart());
            case "http", "https" -> {
                String name = nameOf(address);
                yield new Loaded(name, pictures.read(web.fetch(address, cancellation), name));
            }
            default -> throw new IOException(texts.get("web.scheme", scheme));
        };
    }

    private Loaded readData(String data) throws Exception {
        int comma = data.indexOf(',');
        if (comma < 0 || !data.substring(0, comma).endsWith(";base64")) {
            throw new IOException(texts.get("web.data"));
        }
        String name = texts.get("picture.pasted");
        try {
            String encoded =
                    URLDecoder.decode(data.substring(comma + 1).replace("+", "%2B"), StandardCharsets.US_ASCII);
            return new Loaded(name, pictures.read(Base64.getDecoder().decode(encoded.replaceAll("\\s", "")), name));
        } catch (IllegalArgumentException e) {
            throw new IOException(texts.get("web.data"), e);
        }
    }

    private static String nameOf(URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isBlank() ? String.valueOf(address.getHost()) : last;
    }

    /** Transparent parts become white, as on the page that the picture comes from; it is as large as a file's would be. */
    private static Picture opaque(Raster raster) {
        var rgb = new byte[3 * raster.argb().length];
        int at = 0;
        for (int pixel : raster.argb()) {
            int alpha = pixel >>> 24;
            for (int shift = 16; shift >= 0; shift -= 8) {
                int value = pixel >> shift & 0xff;
                rgb[at++] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
            }
        }
        return Resampler.fitWithin(Picture.wrap(raster.width(), raster.height(), rgb), ImageLimits.DEFAULT.maxSide());
    }
}
