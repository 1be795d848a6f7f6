package io.vellamo.checks.outages;

import java.nio.file.Path;
import java.util.List;

/** The addresses of all systems, and the names of a run. */
record Addresses(
    Path directory, String run, String brokers, String jdbcUrl, int cassandraPort, int httpPort) {
  List<String> toArguments() {
    return List.of(
        directory.toString(),
        run,
        brokers,
        jdbcUrl,
        Integer.toString(cassandraPort),
        Integer.toString(httpPort));
  }

  static Addresses from(String[] arguments) {
    return new Addresses(
        Path.of(arguments[0]),
        arguments[1],
        arguments[2],
        arguments[3],
        Integer.parseInt(arguments[4]),
        Integer.parseInt(arguments[5]));
  }

  /** Returns the file of the queries whose system can't be read. */
  Path visits() {
    return directory.resolve("visits.jsonl");
  }

  /** Returns the topic, table or path with the input of the run. */
  String input() {
    return "visits_" + run;
  }

  /** Returns the topic, table or path for the rows of the run. */
  String output() {
    return "totals_" + run;
  }
}
