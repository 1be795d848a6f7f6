package io.vellamo.cli.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands on a journal; set by picocli. */
final class JournalOptionsMixin {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The directory of an embedded journal, or the data directory of a sample, which has one"
              + " below. Nothing else may have it open")
  private @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Instead of --data: the configuration of an application, for any journal")
  private @Nullable Path config;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table or json. Default: ${DEFAULT-VALUE}")
  private Format format = Format.TABLE;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows these options")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  /** The format of results. */
  enum Format {
    /** A table for people. */
    TABLE,
    /** JSON for programs. */
    JSON
  }

  Format format() {
    return format;
  }

  /** Returns the configuration of an actor system that reads the journal. */
  Config config() {
    if ((data == null) == (config == null)) {
      throw new BadUsageException(
          "one of --data and --config must be given, found %s"
              .formatted(data == null ? "none" : "both"));
    }
    Config own = data == null ? file(Objects.requireNonNull(config)) : embedded(data);
    // A command looks for a journal, and never creates one.
    return ConfigFactory.parseMap(Map.of("vellamo.embedded-journal.create-dir", "off"))
        .withFallback(own)
        .withFallback(ConfigFactory.parseResources("vellamo-cli.conf"))
        .withFallback(ConfigFactory.load());
  }

  private static Config file(Path file) {
    if (!Files.isReadable(file)) {
      throw new BadUsageException(
          "--config must be a file that can be read, found none at [%s]; correct the path"
              .formatted(file.toAbsolutePath()));
    }
    try {
      return ConfigFactory.parseFile(file.toFile()).resolve();
    } catch (ConfigException e) {
      throw new BadUsageException(
          "--config must be HOCON, found [%s]; correct the file".formatted(e.getMessage()));
    }
  }

  private static Config embedded(Path data) {
    Path directory = data.toAbsolutePath().normalize();
    Path below = directory.resolve("journal");
    Path journal = isJournal(below) ? below : directory;
    if (!isJournal(journal)) {
      throw new BadUsageException(
          "--data must hold an embedded journal, found none in [%s] nor in [%s]; name what vellamo.embedded-journal.dir is set to, or the --data of a sample"
              .formatted(directory, below));
    }
    return ConfigFactory.parseMap(
        Map.of(
            "vellamo.journal.plugin", "vellamo.embedded-journal.journal",
            "vellamo.journal.snapshot-plugin", "vellamo.embedded-journal.snapshot-store",
            "vellamo.embedded-journal.dir", journal.toString()));
  }

  private static boolean isJournal(Path directory) {
    return Files.isDirectory(directory.resolve("rocksdb"));
  }
}
