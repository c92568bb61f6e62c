package dev.noisediffusion.ui;

import dev.noisediffusion.image.ImageLoader;
import dev.noisediffusion.image.Picture;
import dev.noisediffusion.ui.viewmodel.PictureReader;
import java.nio.file.Path;

/** Reads real picture files, with the studio's own loader. */
public final class FileReader implements PictureReader {
    private final ImageLoader loader = new ImageLoader();

    @Override
    public Picture read(Path file) throws Exception {
        return loader.load(file);
    }

    @Override
    public Picture read(byte[] bytes, String name) throws Exception {
        return loader.load(bytes, name);
    }
}
