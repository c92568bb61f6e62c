/** The method: keyframes in, interpolated frames out (arXiv 2403.08840 and its baselines). */
@NullMarked
package dev.noisediffusion.morph;

import org.jspecify.annotations.NullMarked;
