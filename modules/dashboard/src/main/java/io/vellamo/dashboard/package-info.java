/**
 * A page, a REST interface and a Prometheus endpoint for the queries of an actor system.
 *
 * <p>Read first: {@link io.vellamo.dashboard.VellamoDashboard}, {@link
 * io.vellamo.dashboard.DashboardSettings}.
 */
@NullMarked
package io.vellamo.dashboard;

import org.jspecify.annotations.NullMarked;
