/**
 * Windows: the intervals of event time by which events are grouped.
 *
 * <p>Start with {@link io.vellamo.api.window.Window}.
 */
@NullMarked
package io.vellamo.api.window;

import org.jspecify.annotations.NullMarked;
