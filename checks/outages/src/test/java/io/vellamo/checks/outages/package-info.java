/**
 * Queries whose process is killed while the systems that they read and write are down.
 *
 * <p>Read first: {@link io.vellamo.checks.outages.OutageTest}, {@link
 * io.vellamo.checks.outages.TestedSystem}, {@link io.vellamo.checks.outages.OutageProgram}.
 */
@NullMarked
package io.vellamo.checks.outages;

import org.jspecify.annotations.NullMarked;
