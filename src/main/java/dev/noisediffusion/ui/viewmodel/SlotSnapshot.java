package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Crop;
import org.jspecify.annotations.Nullable;

/**
 * What a slot holds at one moment: a picture, the name of one that is missing, or nothing.
 *
 * @param content shared with the slot, not copied
 * @param missing the picture that should be here
 * @param crop the part that is used
 */
record SlotSnapshot(@Nullable SlotContent content, @Nullable MissingPicture missing, Crop crop) {
    boolean isEmpty() {
        return content == null && missing == null;
    }
}
