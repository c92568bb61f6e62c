/** Start-up, command line and composition of the layers below. */
@NullMarked
package dev.noisediffusion.app;

import org.jspecify.annotations.NullMarked;
