/**
 * Sample programs: each is one query on real data, run from the command line.
 *
 * <p>Read first: {@link io.vellamo.samples.Samples}, {@link
 * io.vellamo.samples.sessions.GitHubSessions}, {@link io.vellamo.samples.alerts.GitHubAlerts},
 * {@link io.vellamo.samples.activity.GitHubActivity}.
 */
@NullMarked
package io.vellamo.samples;

import org.jspecify.annotations.NullMarked;
