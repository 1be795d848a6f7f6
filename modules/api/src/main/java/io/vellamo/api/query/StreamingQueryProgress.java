package io.vellamo.api.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The report of one committed epoch.
 *
 * @param id the query's identity, the same for all runs
 * @param runId the identity of the run
 * @param name the query's name
 * @param epoch the epoch's number, from 1
 * @param timestamp the epoch's processing time
 * @param duration the time from the plan in the journal until the sinks had written, by this run's
 *     clock; see {@link EpochPhases} for what precedes and follows
 * @param events the outcomes of the epoch's events
 * @param total the outcomes of all events since the first start of the query
 * @param watermark the watermark of the epoch; empty if no event had been seen before
 * @param eventTime the event times of the epoch's events
 * @param state the groups of all operators after the epoch
 * @param operators the work of each stateful operator, from the source to the sink; Spark lists
 *     operators in reverse order
 * @param sources the ranges that the epoch read from each source
 * @param sink the human-readable description of the sink
 * @param sinkMetrics numbers that the sink reports, in the order of their names, see {@link
 *     io.vellamo.api.sink.SinkWriter#metrics}
 * @param rows the number of rows written to the sink
 * @param retries the number of calls of sources and sinks that were made again since the preceding
 *     epoch of the run, see {@link RetryPolicy}
 * @param phases the time spent in each phase of the epoch
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
    Map<String, Long> sinkMetrics,
    long rows,
    long retries,
    EpochPhases phases)
    implements JsonReport {
  public StreamingQueryProgress {
    operators = List.copyOf(operators);
    sources = List.copyOf(sources);
    sinkMetrics = Collections.unmodifiableMap(new TreeMap<>(sinkMetrics));
  }

  /**
   * Returns the throughput of the epoch.
   *
   * @return input events per second of {@link #duration}; 0 if the duration is zero or negative
   */
  public double eventsPerSecond() {
    double seconds = duration.getSeconds() + duration.getNano() / 1e9;
    return seconds > 0 ? events.input() / seconds : 0;
  }

  /**
   * Returns the approximate serialized size of the changes that all shards wrote to their journals
   * for the epoch.
   *
   * @return bytes, without snapshots and the query's own journal
   */
  public long journalBytes() {
    return operators.stream().mapToLong(OperatorProgress::journalBytes).sum();
  }

  /**
   * Returns the components, {@link #eventsPerSecond} and {@link #journalBytes}.
   *
   * @return the fields, see {@link JsonReport#toMap}
   */
  @Override
  public Map<String, @Nullable Object> toMap() {
    return PlainFields.of(this)
        .with("eventsPerSecond", eventsPerSecond())
        .with("journalBytes", journalBytes())
        .toMap();
  }

  /**
   * The numbers of groups and of the groups that an epoch changed, and the size of all groups.
   *
   * @param groups the number of groups that have state or a timeout after the epoch
   * @param updated the number of groups updated by the epoch
   * @param removed the number of groups removed by the epoch
   * @param parked the number of groups that are parked after the epoch, see {@link
   *     ErrorPolicy#park}
   * @param waiting the number of pending events of parked groups after the epoch
   * @param bytes the approximate serialized size of the groups after the epoch: keys, states,
   *     variables and timers, without pending events; 0 without groups
   */
  public record StateCounts(
      long groups, long updated, long removed, long parked, long waiting, long bytes)
      implements JsonReport {}
}
