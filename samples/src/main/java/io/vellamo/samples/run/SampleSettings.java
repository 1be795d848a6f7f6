package io.vellamo.samples.run;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The user's settings of a sample.
 *
 * @param sample its name, also the name of its query
 * @param data the directory of the journal
 * @param out the directory of the results
 * @param input the file of events; null for the bundled events
 * @param delay the watermark delay
 * @param maxEventsPerEpoch the largest number of events of an epoch
 */
public record SampleSettings(
    String sample,
    Path data,
    Path out,
    @Nullable Path input,
    Duration delay,
    long maxEventsPerEpoch) {
  public SampleSettings {
    data = data.toAbsolutePath().normalize();
    out = out.toAbsolutePath().normalize();
    input = input == null ? null : input.toAbsolutePath().normalize();
  }
}
