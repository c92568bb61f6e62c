/** Documents that outlive a session: recipes inside exported files. */
@NullMarked
package dev.noisediffusion.project;

import org.jspecify.annotations.NullMarked;
