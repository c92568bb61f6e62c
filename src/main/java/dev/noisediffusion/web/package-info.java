/** How the studio asks servers over HTTP; plain Java. */
@NullMarked
package dev.noisediffusion.web;

import org.jspecify.annotations.NullMarked;
