/**
 * The artifact critic: a small network, trained on the spot, that tells frames with artifacts from photographs. The only
 * package that uses deeplearning4j and ND4J, which start on first use.
 */
@NullMarked
package dev.noisediffusion.critic;

import org.jspecify.annotations.NullMarked;
