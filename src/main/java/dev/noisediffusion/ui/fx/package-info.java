/** The only place where JavaFX threads meet the jobs: services, runners, dialogs. */
@NullMarked
package dev.noisediffusion.ui.fx;

import org.jspecify.annotations.NullMarked;
