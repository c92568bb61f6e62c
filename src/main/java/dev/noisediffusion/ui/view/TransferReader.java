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
    private static final Pattern IMAGE_ADDRESS =
            Pattern.compile("<img\\b[^>]*?\\bsrc\\s*=\\s*[\"']([^\"']+)[\"']", Pattern.CASE_INSENSITIVE);

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
        if (board.hasHtml()) {
            Matcher found = IMAGE_ADDRESS.matcher(board.getHtml());
            if (found.find()) {
                return uri(found.group(1).replace("&amp;", "&"));
            }
        }
        return uri(board.hasUrl() ? board.getUrl() : board.getString());
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
