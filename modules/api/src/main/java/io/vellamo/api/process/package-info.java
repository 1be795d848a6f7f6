/**
 * Processors of groups: any number of state variables and timers per key, declared as typed
 * constants.
 *
 * <p>Start with {@link io.vellamo.api.process.GroupProcessor}, {@link
 * io.vellamo.api.process.Variables}, {@link io.vellamo.api.process.GroupContext}, {@link
 * io.vellamo.api.process.Timers}.
 *
 * @since 0.1
 */
@NullMarked
package io.vellamo.api.process;

import org.jspecify.annotations.NullMarked;
