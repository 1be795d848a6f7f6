package io.vellamo.api.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The report of one committed epoch.
 *
 * @param id the query's identity over all runs
 * @param runId the identity of the run
 * @param name the query's name
 * @param epoch the epoch's number, from 1
 * @param timestamp the epoch's processing time
 * @param duration from planning to commit, by this run's clock
 * @param events the fate of the epoch's events
 * @param total the fate of all events since the query was first started
 * @param watermark the watermark that the epoch ran with; empty while no event had been seen
 * @param eventTime the event times that the epoch saw
 * @param state the groups of all operators after the epoch
 * @param operators what each stateful operator did, from the source to the sink; Spark lists them
 *     the other way round
 * @param sources what the epoch read
 * @param sink where its rows went, for people
 * @param rows how many rows went to the sink
 * @since 0.1
 */
public record StreamingQueryProgress(
    UUID id,
    UUID runId,
    String name,
    long epoch,
    Instant timestamp,
    Duration duration,
    EventCounts events,
    EventCounts total,
    Optional<Instant> watermark,
    EventTimeStats eventTime,
    StateCounts state,
    List<OperatorProgress> operators,
    List<SourceProgress> sources,
    String sink,
    long rows)
    implements JsonReport {
  public StreamingQueryProgress {
    operators = List.copyOf(operators);
    sources = List.copyOf(sources);
  }

  /**
   * Returns how fast the epoch was.
   *
   * @return events taken in for each second of {@link #duration}; 0 if that was zero or negative
   */
  public double eventsPerSecond() {
    double seconds = duration.getSeconds() + duration.getNano() / 1e9;
    return seconds > 0 ? events.input() / seconds : 0;
  }

  /**
   * Returns the components and {@link #eventsPerSecond}.
   *
   * @return the fields, see {@link JsonReport#toMap}
   */
  @Override
  public Map<String, @Nullable Object> toMap() {
    return PlainFields.of(this).with("eventsPerSecond", eventsPerSecond()).toMap();
  }

  /**
   * Groups and what an epoch did to them.
   *
   * @param groups groups that hold state or a timeout now
   * @param updated groups written by the epoch
   * @param removed groups removed by the epoch
   * @param parked groups that are parked now, see {@link ErrorPolicy#park}
   * @param waiting events of parked groups that wait now
   */
  public record StateCounts(long groups, long updated, long removed, long parked, long waiting)
      implements JsonReport {}
}
