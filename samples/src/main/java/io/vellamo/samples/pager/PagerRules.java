package io.vellamo.samples.pager;

import io.vellamo.alerts.AlertRule;
import io.vellamo.alerts.AlertRules;
import io.vellamo.alerts.Severity;
import java.time.Duration;

/** The rules of the sample. */
final class PagerRules {
  private static final AlertRule<MachineReading> TOO_HOT =
      AlertRule.when((MachineReading reading) -> reading.celsius() > 90)
          .lasting(Duration.ofSeconds(2))
          .clearsWhen(reading -> reading.celsius() < 80)
          .remindingEvery(Duration.ofSeconds(5))
          .withSeverity(Severity.CRITICAL)
          .withValue(MachineReading::celsius)
          .withSummary(reading -> reading.machine() + " has " + reading.celsius() + " °C")
          .named("too-hot");

  private static final AlertRule<MachineReading> SILENT =
      AlertRule.<MachineReading>whenSilentFor(Duration.ofSeconds(4))
          .withSeverity(Severity.WARNING)
          .withSummary(reading -> reading.machine() + " sends nothing")
          .named("silent");

  private PagerRules() {}

  static AlertRules<String, MachineReading> create() {
    return AlertRules.inEventTime(TOO_HOT, SILENT);
  }
}
