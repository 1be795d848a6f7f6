package io.vellamo.alerts.pagerduty;

import io.vellamo.alerts.Alert;
import java.util.function.Function;

/**
 * Sinks for PagerDuty's Events API, version 2.
 *
 * <pre>{@code
 * alerts.to(PagerDuty.sink(routingKey));
 * }</pre>
 *
 * @since 0.1
 */
public final class PagerDuty {
  private PagerDuty() {}

  /**
   * Returns a sink for alerts, which sends {@link PagerDutyEvent#of} each.
   *
   * @param routingKey the integration key of a PagerDuty service; appears in no message and no log
   * @return a sink that writes at least once
   * @throws IllegalArgumentException if {@code routingKey} is blank
   */
  public static PagerDutySink<Alert> sink(String routingKey) {
    return new PagerDutySink<>(routingKey, PagerDutyEvent::of);
  }

  /**
   * Returns a sink for events, for rows of your own and for acknowledgements.
   *
   * @param routingKey the integration key of a PagerDuty service; appears in no message and no log
   * @return a sink that writes at least once
   * @throws IllegalArgumentException if {@code routingKey} is blank
   */
  public static PagerDutySink<PagerDutyEvent> events(String routingKey) {
    return new PagerDutySink<>(routingKey, Function.identity());
  }
}
