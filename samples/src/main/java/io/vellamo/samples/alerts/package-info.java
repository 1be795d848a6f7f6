/**
 * The sample that raises an alert when an actor pushes unusually often.
 *
 * <p>Read first: {@link io.vellamo.samples.alerts.GitHubAlerts}, {@link
 * io.vellamo.samples.alerts.DetectPushBursts}, {@link io.vellamo.samples.alerts.PushHistory}.
 */
@NullMarked
package io.vellamo.samples.alerts;

import org.jspecify.annotations.NullMarked;
