/** Writes frames to files: videos, animated pictures, PNG sequences, contact sheets. */
@NullMarked
package dev.noisediffusion.export;

import org.jspecify.annotations.NullMarked;
