package dev.noisediffusion.ui.view;

import dev.noisediffusion.ui.viewmodel.PictureOffer;
import dev.noisediffusion.ui.viewmodel.Raster;
import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.input.Clipboard;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pictures in what was dropped or pasted. Of the forms that a browser offers, the picture itself comes
 * first, then its address in the page, then the address of the link around it.
 */
final class TransferReader {
    private static final Pattern IMAGE = Pattern.compile("<img(?=[\\s/>])", Pattern.CASE_INSENSITIVE);

    /** The name of an attribute, and its value in the one or the other quotation marks, or in none. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("[\\s/]*([^\\s/>][^\\s/>=]*)(?:\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+)))?");

    private TransferReader() {}

    /** Whether there may be a picture in it; cheap enough for every movement of a drag. */
    static boolean mayHavePictures(Clipboard board) {
        return board.hasFiles() || board.hasImage() || board.hasHtml() || board.hasUrl() || board.hasString();
    }

    static List<? extends PictureOffer> offers(Clipboard board) {
        if (board.hasFiles()) {
            return board.getFiles().stream()
                    .map(File::toPath)
                    .map(PictureOffer.File::new)
                    .toList();
        }
        if (board.hasImage()) {
            Image image = board.getImage();
            if (image != null && image.getPixelReader() != null) {
                return List.of(new PictureOffer.Pixels(raster(image)));
            }
        }
        return address(board).map(PictureOffer.Web::new).stream().toList();
    }

    private static Optional<URI> address(Clipboard board) {
        Optional<String> ofImage = board.hasHtml() ? source(board.getHtml()) : Optional.empty();
        return ofImage.flatMap(TransferReader::uri).or(() -> uri(board.hasUrl() ? board.getUrl() : board.getString()));
    }

    /** Of the first image that has one. Every letter is read once, as what is dropped may be large and need be no page. */
    private static Optional<String> source(String html) {
        Matcher image = IMAGE.matcher(html);
        Matcher attribute = ATTRIBUTE.matcher(html);
        int at = 0;
        while (image.find(at)) {
            at = image.end();
            while (attribute.region(at, html.length()).lookingAt()) {
                at = attribute.end();
                Optional<String> source = value(attribute).filter(value -> !value.isBlank());
                if (attribute.group(1).equalsIgnoreCase("src") && source.isPresent()) {
                    return source.map(address -> address.replace("&amp;", "&"));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> value(Matcher attribute) {
        return Optional.ofNullable(attribute.group(2))
                .or(() -> Optional.ofNullable(attribute.group(3)))
                .or(() -> Optional.ofNullable(attribute.group(4)));
    }

    private static Optional<URI> uri(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI address = URI.create(text.strip().lines().findFirst().orElse(""));
            return Optional.of(address).filter(URI::isAbsolute);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Raster raster(Image image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        var argb = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        return new Raster(width, height, argb);
    }
}
