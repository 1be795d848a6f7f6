/**
 * The sample that counts GitHub events by type and window, as an aggregation in any output mode.
 *
 * <p>Read first: {@link io.vellamo.samples.activity.GitHubActivity}, {@link
 * io.vellamo.samples.activity.TypeCounts}.
 */
@NullMarked
package io.vellamo.samples.activity;

import org.jspecify.annotations.NullMarked;
