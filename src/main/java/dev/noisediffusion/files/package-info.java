/** Files and folders as such: written whole, kept where the platform wants them, used in turns; plain Java. */
@NullMarked
package dev.noisediffusion.files;

import org.jspecify.annotations.NullMarked;
