/**
 * The program that runs one engine, or all of them side by side.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.compare.Benchmark}, {@link
 * io.vellamo.benchmarks.compare.TableCommand}, {@link io.vellamo.benchmarks.compare.Contender}.
 */
@NullMarked
package io.vellamo.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
