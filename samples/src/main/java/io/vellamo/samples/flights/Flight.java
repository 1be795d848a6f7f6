package io.vellamo.samples.flights;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A scheduled flight, with the fields that the sample uses.
 *
 * @param carrier the airline's code
 * @param number the flight number
 * @param origin the code of the airport of departure
 * @param date the date of departure
 * @param time the scheduled time of departure, such as 1530, in the airport's time zone
 * @param delay the minutes from the scheduled to the actual departure, negative if it was early;
 *     null if the flight did not depart
 */
public record Flight(
    @JsonProperty(value = "Carrier", required = true) String carrier,
    @JsonProperty(value = "FlightNum", required = true) int number,
    @JsonProperty(value = "Origin", required = true) String origin,
    @JsonProperty(value = "FlightDate", required = true) LocalDate date,
    @JsonProperty(value = "CRSDepTime", required = true) int time,
    @JsonProperty("DepDelay") @Nullable Integer delay) {
  private static final int LAST_TIME = 2359;
  private static final int LAST_MINUTE = 59;

  public Flight {
    requireNonNull(carrier, "carrier");
    requireNonNull(origin, "origin");
    requireNonNull(date, "date");
    if (time < 0 || time > LAST_TIME || time % 100 > LAST_MINUTE) {
      throw new IllegalArgumentException(
          "time must be from 0000 to 2359, was [%s]".formatted(time));
    }
  }

  /**
   * Returns the scheduled time of departure as if the airport's clocks showed UTC: each airport is
   * a group, so its hours are those of its own clocks.
   */
  Instant departure() {
    return date.atTime(time / 100, time % 100).toInstant(ZoneOffset.UTC);
  }

  boolean hasDeparted() {
    return delay != null;
  }
}
