/**
 * What tests of queries, sources and sinks are made of.
 *
 * <p>Read first: {@link io.vellamo.testkit.ManualClock}, {@link io.vellamo.testkit.ListEpochRows}.
 */
@NullMarked
package io.vellamo.testkit;

import org.jspecify.annotations.NullMarked;
