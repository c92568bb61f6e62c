/** Pictures: reading, cropping, scaling, and their way into tensors in [-1, 1] and back. */
@NullMarked
package dev.noisediffusion.image;

import org.jspecify.annotations.NullMarked;
