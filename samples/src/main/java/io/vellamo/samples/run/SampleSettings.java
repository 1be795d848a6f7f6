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
 */
public record SampleSettings(
    String sample, Path data, Path out, SampleInput input, Duration delay, long maxEventsPerEpoch) {
  public SampleSettings {
    data = data.toAbsolutePath().normalize();
    out = out.toAbsolutePath().normalize();
  }
}
