/** The only package that talks to ONNX Runtime. */
@NullMarked
package dev.noisediffusion.onnx;

import org.jspecify.annotations.NullMarked;
