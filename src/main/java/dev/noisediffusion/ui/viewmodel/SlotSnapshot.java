package dev.noisediffusion.ui.viewmodel;

import dev.noisediffusion.image.Crop;
import dev.noisediffusion.morph.Segment;
import org.jspecify.annotations.Nullable;

/**
 * What a slot holds at one moment: a picture, the name of one that is missing, or nothing.
 *
 * @param content shared with the slot, not copied
 * @param missing the picture that should be here
 * @param crop the part that is used
 * @param segment what lies behind the picture on the path
 */
record SlotSnapshot(@Nullable SlotContent content, @Nullable MissingPicture missing, Crop crop, Segment segment) {
    boolean isEmpty() {
        return content == null && missing == null;
    }
}
