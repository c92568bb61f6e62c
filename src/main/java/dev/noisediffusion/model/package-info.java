/** Model folders on disk: layouts, safetensors, and the ONNX graphs built from them. No runtime. */
@NullMarked
package dev.noisediffusion.model;

import org.jspecify.annotations.NullMarked;
