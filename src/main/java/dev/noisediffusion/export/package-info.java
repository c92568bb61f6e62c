/** Writes frames to files: MP4, GIF, PNG sequences. */
@NullMarked
package dev.noisediffusion.export;

import org.jspecify.annotations.NullMarked;
