package io.vellamo.samples;

import io.vellamo.samples.run.BadInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The samples whose modules are not on the class path, for the list. */
final class Elsewhere {
  private Elsewhere() {}

  /** The sample that needs servers. */
  @Command(name = "trips", description = "Writes trips of vehicles from Kafka to Cassandra")
  static final class Trips implements Callable<Integer> {
    @Unmatched
    @SuppressWarnings("unused") // written by picocli
    private String[] arguments = {};

    @Override
    public Integer call() {
      throw new BadInputException(
          "trips must run on a class path with its servers, found [one without]; start it with bin/sample trips");
    }
  }
}
