package dev.noisediffusion.critic;

import dev.noisediffusion.image.Picture;
import java.util.Optional;

/**
 * A picture to learn from or to be examined with.
 *
 * @param pair number of the pair of photographs it was made from: pictures of one pair belong to the same part of the set
 * @param invalidity what was wrong with the noise it was decoded from; empty for a photograph, as it is or taken to noise
 *     and back
 */
record Example(Picture picture, int pair, Optional<Invalidity> invalidity) {
    boolean isInvalid() {
        return invalidity.isPresent();
    }
}
