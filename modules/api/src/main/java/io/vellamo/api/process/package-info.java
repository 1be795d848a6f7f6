/**
 * Processors of groups: any number of state variables and timers per key, declared as typed
 * constants.
 *
 * @since 0.1
 */
@NullMarked
package io.vellamo.api.process;

import org.jspecify.annotations.NullMarked;
