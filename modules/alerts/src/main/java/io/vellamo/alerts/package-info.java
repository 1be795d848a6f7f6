/**
 * Alert rules on the events of a key, and the delivery of their alerts to PagerDuty.
 *
 * <p>Start with {@link io.vellamo.alerts.AlertRule}, {@link io.vellamo.alerts.AlertRules}, {@link
 * io.vellamo.alerts.Alert}.
 */
@NullMarked
package io.vellamo.alerts;

import org.jspecify.annotations.NullMarked;
