package io.vellamo.samples.run;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The user's settings of a sample.
 *
 * @param sample its name, also the name of its query
 * @param data the directory of the journal
 * @param out the directory of the results
 * @param input the events to read
 * @param delay the watermark delay
 * @param maxEventsPerEpoch the largest number of events of an epoch
 * @param dashboard whether and where the run is shown
 * @param isTemporary whether both directories are temporary ones instead, which are deleted at the
 *     end
 */
public record SampleSettings(
    String sample,
    Path data,
    Path out,
    SampleInput input,
    Duration delay,
    long maxEventsPerEpoch,
    DashboardOption dashboard,
    boolean isTemporary) {
  public SampleSettings {
    data = data.toAbsolutePath().normalize();
    out = out.toAbsolutePath().normalize();
  }

  /** Returns these settings with both directories below another one. */
  SampleSettings below(Path parent) {
    return new SampleSettings(
        sample,
        parent.resolve("data"),
        parent.resolve("out"),
        input,
        delay,
        maxEventsPerEpoch,
        dashboard,
        isTemporary);
  }
}
