/** Experiments: declared in a file, run cell by cell, split over machines, told in tables and a report. */
@NullMarked
package dev.noisediffusion.lab;

import org.jspecify.annotations.NullMarked;
