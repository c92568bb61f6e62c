/** Numbers that say how good pictures, paths and noise are, each by its exact definition. */
@NullMarked
package dev.noisediffusion.measure;

import org.jspecify.annotations.NullMarked;
