/** Networks that run on another machine, by the Open Inference Protocol. */
@NullMarked
package dev.noisediffusion.remote;

import org.jspecify.annotations.NullMarked;
