/** The user's models: catalogue, downloads, and the folders where models lie. */
@NullMarked
package dev.noisediffusion.library;

import org.jspecify.annotations.NullMarked;
