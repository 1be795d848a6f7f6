/**
 * The parts that all samples share: options, the data directory, a query with progress, and
 * reports.
 *
 * <p>Read first: {@link io.vellamo.samples.run.SampleOptions}, {@link
 * io.vellamo.samples.run.DataDirectory}, {@link io.vellamo.samples.run.SampleQuery}.
 */
@NullMarked
package io.vellamo.samples.run;

import org.jspecify.annotations.NullMarked;
