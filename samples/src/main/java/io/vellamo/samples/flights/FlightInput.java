package io.vellamo.samples.flights;

import io.vellamo.samples.run.BundledFile;
import io.vellamo.samples.run.SampleInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a file of flights; picocli sets it. */
final class FlightInput {
  /**
   * One in fifty flights from airports of the United States in January 2014, day by day; each is
   * twice in the file, whose second half repeats the first.
   */
  private static final BundledFile FLIGHTS =
      new BundledFile(
          "/examples/stream/airlineStats/rawdata/airlineStats_data.json", "flights.jsonl");

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "JSON Lines with Carrier, FlightNum, Origin, FlightDate, CRSDepTime and DepDelay."
              + " Default: 19,492 flights of January 2014 that come with the samples, each twice")
  private @Nullable Path file;

  SampleInput flights() {
    return new SampleInput(file, FLIGHTS);
  }
}
