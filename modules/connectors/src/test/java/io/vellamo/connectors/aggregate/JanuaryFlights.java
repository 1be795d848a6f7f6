package io.vellamo.connectors.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The flights of January 2001, from a file that may lie beside the project.
 *
 * @param all the flights, in the order of their departures
 */
record JanuaryFlights(List<Flight> all) {
  /** The maximum time by which a flight departs before another that is reported earlier. */
  static final Duration DISORDER = Duration.ofMinutes(1663);

  private static final Path FILE = Path.of("shared", "data", "flights", "flights-2001-01.csv.gz");

  /**
   * A flight.
   *
   * @param origin the airport of departure
   * @param departure the time of departure
   * @param delay the delay of its arrival in minutes, negative if it was early
   */
  record Flight(String origin, Instant departure, int delay) {
    /** Returns the time at which the flight is reported. */
    Instant reported() {
      return departure.plus(Duration.ofMinutes(Math.max(delay, 0)));
    }
  }

  /** Returns the flights; empty without the file. */
  static Optional<JanuaryFlights> find() throws IOException {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path file = directory.resolve(FILE);
      if (Files.exists(file)) {
        return Optional.of(new JanuaryFlights(read(file)));
      }
      directory = directory.getParent();
    }
    return Optional.empty();
  }

  private static List<Flight> read(Path file) throws IOException {
    List<Flight> flights = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      lines.readLine(); // the header
      String line = lines.readLine();
      while (line != null) {
        String[] fields = line.split(",", -1);
        flights.add(new Flight(fields[3], Instant.parse(fields[0]), Integer.parseInt(fields[1])));
        line = lines.readLine();
      }
    }
    return flights;
  }

  /** Returns the flights in the order of their reports. */
  List<Flight> asReported() {
    List<Flight> reported = new ArrayList<>(all);
    reported.sort(Comparator.comparing(Flight::reported));
    return reported;
  }
}
