/** Measurements for docs/performance.md; run with {@code mvn -Pbench -DskipTests verify}. */
@NullMarked
package dev.noisediffusion.bench;

import org.jspecify.annotations.NullMarked;
