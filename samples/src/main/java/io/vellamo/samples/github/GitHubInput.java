package io.vellamo.samples.github;

import io.vellamo.samples.run.SampleInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a file of GitHub events; picocli sets it. */
public final class GitHubInput {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "JSON Lines with type, actor and created_at. Default: 10,000 events that come with the"
              + " samples")
  private @Nullable Path file;

  /** Returns the events to read. */
  public SampleInput events() {
    return new SampleInput(file, BundledEvents.FILE);
  }
}
