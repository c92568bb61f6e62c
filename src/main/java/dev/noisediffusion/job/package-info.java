/** Long work that reports progress and can be cancelled; plain Java. */
@NullMarked
package dev.noisediffusion.job;

import org.jspecify.annotations.NullMarked;
