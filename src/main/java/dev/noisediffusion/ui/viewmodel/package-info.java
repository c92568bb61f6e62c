/** Observable state and commands of the window, testable without a toolkit. */
@NullMarked
package dev.noisediffusion.ui.viewmodel;

import org.jspecify.annotations.NullMarked;
