/** Dense float32 tensors in row-major (NCHW) order and the few kernels that the method needs. Depends on nothing. */
@NullMarked
package dev.noisediffusion.tensor;

import org.jspecify.annotations.NullMarked;
