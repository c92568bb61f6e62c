/** JavaFX nodes and bindings; decides nothing. */
@NullMarked
package dev.noisediffusion.ui.view;

import org.jspecify.annotations.NullMarked;
