package io.vellamo.samples.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The events that a sample reads.
 *
 * @param file the user's file; null for the bundled events
 * @param bundled the events that come with the sample
 */
public record SampleInput(@Nullable Path file, BundledFile bundled) {
  public SampleInput {
    file = file == null ? null : file.toAbsolutePath().normalize();
  }
}
