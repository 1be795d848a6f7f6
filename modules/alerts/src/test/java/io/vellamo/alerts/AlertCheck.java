package io.vellamo.alerts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Short texts of alerts, in seconds. */
final class AlertCheck {
  private AlertCheck() {}

  /** Returns, for example, {@code cold a TRIGGERED at 15 from 0 triggered 15}. */
  static String text(Alert alert) {
    return "%s %s %s at %s from %s triggered %s"
        .formatted(
            alert.rule(),
            alert.key(),
            alert.kind(),
            alert.at().getEpochSecond(),
            alert.startedAt().getEpochSecond(),
            alert.triggeredAt().getEpochSecond());
  }

  static List<String> texts(Collection<Alert> alerts) {
    return alerts.stream().map(AlertCheck::text).toList();
  }

  /** Returns a description of the first incident whose alerts are not in their order. */
  static List<String> faults(List<Alert> alerts) {
    Map<String, AlertKind> last = new HashMap<>();
    List<String> faults = new ArrayList<>();
    for (Alert alert : alerts) {
      AlertKind before = last.put(alert.incidentId(), alert.kind());
      boolean isFirst = before == null;
      if (isFirst != (alert.kind() == AlertKind.TRIGGERED) || before == AlertKind.RESOLVED) {
        faults.add(alert.kind() + " after " + before + ": " + text(alert));
      }
    }
    return faults;
  }
}
