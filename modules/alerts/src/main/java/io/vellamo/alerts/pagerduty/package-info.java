/**
 * A sink that sends alerts to PagerDuty.
 *
 * <p>Start with {@link io.vellamo.alerts.pagerduty.PagerDuty}, {@link
 * io.vellamo.alerts.pagerduty.PagerDutySink}, {@link io.vellamo.alerts.pagerduty.PagerDutyEvent}.
 */
@NullMarked
package io.vellamo.alerts.pagerduty;

import org.jspecify.annotations.NullMarked;
