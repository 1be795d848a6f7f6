package io.vellamo.samples.guide;

import io.vellamo.api.group.InitialState;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.testkit.ProcessorHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guide's processor, tested as the guide says. */
final class WatchDevicesTest {
  private final Instant noon = Instant.parse("2026-01-01T12:00:00Z");

  /** A sign of life of a device. */
  record Heartbeat(String device, Instant time) {}

  /** A device that has become silent. */
  record Alarm(String device, Instant last) {}

  /** Reports a device that has sent no heartbeat for ten minutes. */
  static final class WatchDevices implements GroupProcessor<String, Heartbeat, Alarm> {
    static final ValueVariable<Instant> LAST = Variables.value("last", Instant.class);
    static final ListVariable<Instant> TODAY =
        Variables.list("today", Instant.class).expiresAfterWrite(Duration.ofDays(1));
    static final ProcessingTimer SILENT = ProcessingTimer.named("silent");

    @Override
    public void declare(Declarations declarations) {
      declarations.use(LAST).use(TODAY).use(SILENT);
    }

    @Override
    public void onEvents(String device, Iterator<Heartbeat> heartbeats, GroupContext<Alarm> group) {
      while (heartbeats.hasNext()) {
        Instant time = heartbeats.next().time();
        group.value(LAST).update(time);
        group.list(TODAY).append(time);
      }
      group.timers(SILENT).setAfter(Duration.ofMinutes(10));
    }

    @Override
    public void onTimer(String device, Timer timer, GroupContext<Alarm> group) {
      group.emit(new Alarm(device, group.value(LAST).get()));
    }
  }

  @Test
  void device_silentForTenMinutes_isReported() {
    Instant later = noon.plusSeconds(30);

    ProcessorHarness.process(OutputMode.APPEND, new WatchDevices())
        .startAt(noon)
        .event("pump", new Heartbeat("pump", noon))
        .event("pump", new Heartbeat("pump", later))
        .expectNoRows()
        .expectValue("pump", WatchDevices.LAST, later)
        .expectList("pump", WatchDevices.TODAY, noon, later)
        .expectTimers("pump", WatchDevices.SILENT, noon.plus(Duration.ofMinutes(10)))
        .advanceProcessingTime(Duration.ofMinutes(10))
        .expectRows(new Alarm("pump", later))
        .advanceProcessingTime(Duration.ofDays(1))
        .expectList("pump", WatchDevices.TODAY)
        .verify();
  }

  @Test
  void device_knownBefore_isWatchedFromTheStart() {
    ProcessorHarness.process(OutputMode.APPEND, new WatchDevices())
        .given(
            InitialState.of(Instant.class, Map.of("valve", noon)),
            (device, last, group) -> group.value(WatchDevices.LAST).update(last))
        .event("pump", new Heartbeat("pump", noon))
        .expectValue("valve", WatchDevices.LAST, noon)
        .verify();
  }
}
