/**
 * The sample that finds the busiest actor of each window of time, with two processors in event
 * time.
 *
 * <p>Read first: {@link io.vellamo.samples.busiest.GitHubBusiest}, {@link
 * io.vellamo.samples.busiest.CountByWindow}, {@link io.vellamo.samples.busiest.FindBusiest}.
 */
@NullMarked
package io.vellamo.samples.busiest;

import org.jspecify.annotations.NullMarked;
