/**
 * Documents that outlive a session: projects, what is kept of unsaved work, recipes inside exported files, presets and
 * settings.
 */
@NullMarked
package dev.noisediffusion.project;

import org.jspecify.annotations.NullMarked;
