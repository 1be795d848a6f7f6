/**
 * The commands that show running queries, by the address of their dashboard.
 *
 * <p>Read first: {@link io.vellamo.cli.dashboard.TopCommand}, {@link
 * io.vellamo.cli.dashboard.ExplainCommand}.
 */
@NullMarked
package io.vellamo.cli.dashboard;

import org.jspecify.annotations.NullMarked;
