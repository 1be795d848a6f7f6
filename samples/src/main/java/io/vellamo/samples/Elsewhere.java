package io.vellamo.samples;

import io.vellamo.samples.run.BadInputException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The samples whose modules may not be on the class path, for the list. */
final class Elsewhere {
  private static final String TRIPS = "trips";
  private static final String CLUSTER = "cluster";

  private Elsewhere() {}

  /** Returns commands that only say how the sample is started, by name. */
  static Map<String, Callable<Integer>> samples() {
    Map<String, Callable<Integer>> samples = new TreeMap<>();
    samples.put(CLUSTER, new Cluster());
    samples.put(TRIPS, new Trips());
    return samples;
  }

  /** A sample without its servers. */
  private abstract static class Refused implements Callable<Integer> {
    private final String name;

    @Unmatched
    @SuppressWarnings("unused") // written by picocli
    private String[] arguments = {};

    Refused(String name) {
      this.name = name;
    }

    @Override
    public Integer call() {
      throw new BadInputException(
          "%s must run on a class path with its servers, found [one without]; start it with bin/sample %s"
              .formatted(name, name));
    }
  }

  /** The sample with Kafka and Cassandra. */
  @Command(name = TRIPS, description = "Writes trips of vehicles from Kafka to Cassandra")
  private static final class Trips extends Refused {
    Trips() {
      super(TRIPS);
    }
  }

  /** The sample with several nodes and PostgreSQL. */
  @Command(name = CLUSTER, description = "Finds sessions on several nodes, which can be killed")
  private static final class Cluster extends Refused {
    Cluster() {
      super(CLUSTER);
    }
  }
}
