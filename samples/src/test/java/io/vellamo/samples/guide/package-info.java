/** The code of README and guide, compiled and run. */
@NullMarked
package io.vellamo.samples.guide;

import org.jspecify.annotations.NullMarked;
