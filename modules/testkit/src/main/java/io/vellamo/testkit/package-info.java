/**
 * Harnesses, a clock and contract suites for tests of functions, queries, sources and sinks.
 *
 * <p>Read first: {@link io.vellamo.testkit.GroupStateHarness}, {@link
 * io.vellamo.testkit.ProcessorHarness}, {@link io.vellamo.testkit.HarnessMode}, {@link
 * io.vellamo.testkit.StreamingQueryHarness}, {@link io.vellamo.testkit.HarnessBuilder}, {@link
 * io.vellamo.testkit.ManualClock}.
 */
@NullMarked
package io.vellamo.testkit;

import org.jspecify.annotations.NullMarked;
