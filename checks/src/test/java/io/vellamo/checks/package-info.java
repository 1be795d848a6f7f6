/** Checks over all modules. */
@NullMarked
package io.vellamo.checks;

import org.jspecify.annotations.NullMarked;
