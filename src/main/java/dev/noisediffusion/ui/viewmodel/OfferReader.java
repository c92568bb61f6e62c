package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.ImageLimits;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.image.Pictures;
import dev.noisediffusion.job.CancellationToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Turns what the user handed over into the content of a slot, a few at a time: a photograph takes many times the room of its
 * file while it is read. Whatever is given up keeps nobody waiting: its disk may never answer. Blocks; for background threads.
 */
final class OfferReader {
    private static final int MOST_AT_ONCE = 2;

    private final ReadingTurns turns = new ReadingTurns(MOST_AT_ONCE);
    private final PictureReader pictures;
    private final WebFetcher web;
    private final Texts texts;

    OfferReader(PictureReader pictures, WebFetcher web, Texts texts) {
        this.pictures = pictures;
        this.web = web;
        this.texts = texts;
    }

    /**
     * Reads what was offered, once fewer than {@value #MOST_AT_ONCE} others are being read that nobody has given up.
     *
     * @throws java.util.concurrent.CancellationException if the token was cancelled meanwhile
     * @throws Exception with a sentence for the user, if there is no picture to be had
     */
    SlotContent read(PictureOffer offer, CancellationToken cancellation) throws Exception {
        return switch (offer) {
            case PictureOffer.File file -> readFile(file.path(), Optional.of(file.path()), cancellation);
            case PictureOffer.Example example ->
                readFile(example.path(), Optional.of(example.path()), cancellation)
                        .asExample();
            case PictureOffer.Pixels pixels ->
                inTurn(texts.get("picture.pasted"), () -> opaque(pixels.raster()), Optional.empty(), cancellation);
            case PictureOffer.Web address -> readAddress(address.address(), cancellation);
        };
    }

    private SlotContent inTurn(
            String name, Callable<Picture> reading, Optional<Path> source, CancellationToken cancellation)
            throws Exception {
        return turns.take(
                () -> {
                    Picture picture = reading.call();
                    cancellation.throwIfCancelled();
                    return SlotContent.of(name, picture, source);
                },
                cancellation);
    }

    private SlotContent readFile(Path file, Optional<Path> source, CancellationToken cancellation) throws Exception {
        return inTurn(String.valueOf(file.getFileName()), () -> pictures.read(file), source, cancellation);
    }

    private SlotContent readAddress(URI address, CancellationToken cancellation) throws Exception {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> readFile(Path.of(address), Optional.empty(), cancellation);
            case "data" -> readData(address.getRawSchemeSpecificPart(), cancellation);
            case "http", "https" -> {
                // A slow server keeps nobody waiting: only what has arrived is read in turn.
                byte[] bytes = web.fetch(address, cancellation);
                yield readBytes(bytes, nameOf(address), cancellation);
            }
            default -> throw new IOException(texts.get("web.scheme", scheme));
        };
    }

    private SlotContent readBytes(byte[] bytes, String name, CancellationToken cancellation) throws Exception {
        return inTurn(name, () -> pictures.read(bytes, name), Optional.empty(), cancellation);
    }

    private SlotContent readData(String data, CancellationToken cancellation) throws Exception {
        int comma = data.indexOf(',');
        if (comma < 0 || !data.substring(0, comma).endsWith(";base64")) {
            throw new IOException(texts.get("web.data"));
        }
        String name = texts.get("picture.pasted");
        try {
            String encoded =
                    URLDecoder.decode(data.substring(comma + 1).replace("+", "%2B"), StandardCharsets.US_ASCII);
            return readBytes(Base64.getDecoder().decode(encoded.replaceAll("\\s", "")), name, cancellation);
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
        return ImageLimits.DEFAULT.fit(Pictures.ofArgb(raster.width(), raster.height(), raster.argb()));
    }
}
