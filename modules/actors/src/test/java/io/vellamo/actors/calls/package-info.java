/** Tests of the calls of user code. */
@NullMarked
package io.vellamo.actors.calls;

import org.jspecify.annotations.NullMarked;
