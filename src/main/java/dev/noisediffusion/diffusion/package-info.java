/** Noise schedules, prediction types, timetables and the DDIM step that both sampling and inversion use. */
@NullMarked
package dev.noisediffusion.diffusion;

import org.jspecify.annotations.NullMarked;
