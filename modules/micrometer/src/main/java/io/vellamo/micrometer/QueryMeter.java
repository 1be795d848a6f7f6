package io.vellamo.micrometer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a query. Names, tags and units never change their meaning.
 *
 * @since 0.1
 */
public enum QueryMeter {
  /** Health. */
  HEALTH(
      "vellamo.health",
      Kind.GAUGE,
      null,
      "1 if the query is healthy, 0.5 if it is degraded, 0 if it is unhealthy or has failed",
      "query"),
  /** Committed epochs. */
  EPOCH("vellamo.epoch", Kind.TIMER, null, "committed epochs, and their durations", "query"),
  /** Phases. */
  PHASE(
      "vellamo.epoch.phase",
      Kind.TIMER,
      null,
      "the time in a phase of an epoch: plan, read, process, route, sink or commit",
      "query",
      "phase"),
  /** Events. */
  EVENTS(
      "vellamo.events",
      Kind.COUNTER,
      "events",
      "input events by outcome: processed, late or dead_lettered",
      "query",
      "outcome"),
  /** Rows. */
  ROWS("vellamo.rows", Kind.COUNTER, "rows", "rows written to the sink", "query"),
  /** Retries. */
  RETRIES(
      "vellamo.retries",
      Kind.COUNTER,
      "calls",
      "calls of sources and sinks that were made again after a failure",
      "query"),
  /** Outages. */
  OUTAGES(
      "vellamo.outages",
      Kind.COUNTER,
      "outages",
      "outages of sources and sinks that began",
      "query"),
  /** Watermark gap. */
  WATERMARK_GAP(
      "vellamo.watermark.gap",
      Kind.GAUGE,
      "seconds",
      "the processing time of the last epoch minus its watermark; NaN without a watermark",
      "query"),
  /** Lag. */
  LAG(
      "vellamo.source.lag",
      Kind.GAUGE,
      "offsets",
      "the distance of a partition's end from what the query has planned to read",
      "query",
      "source",
      "partition"),
  /** Input of an operator. */
  INPUT(
      "vellamo.operator.input",
      Kind.COUNTER,
      "events",
      "events or rows that a stateful operator received",
      "query",
      "operator"),
  /** Rows of an operator. */
  OPERATOR_ROWS(
      "vellamo.operator.rows",
      Kind.COUNTER,
      "rows",
      "rows that a stateful operator emitted",
      "query",
      "operator"),
  /** Calls of an operator. */
  CALL(
      "vellamo.operator.call",
      Kind.TIMER,
      null,
      "the time of an epoch's calls of the function, added up over the shards",
      "query",
      "operator"),
  /** Writes of an operator. */
  PERSIST(
      "vellamo.operator.persist",
      Kind.TIMER,
      null,
      "the time until the journals held an epoch's changes, added up over the shards",
      "query",
      "operator"),
  /** Journal bytes. */
  JOURNAL_BYTES(
      "vellamo.journal",
      Kind.COUNTER,
      "bytes",
      "approximate size of the changes that shards wrote to their journals, without snapshots",
      "query",
      "operator"),
  /** Groups. */
  GROUPS(
      "vellamo.groups",
      Kind.GAUGE,
      "groups",
      "groups that have state or a timeout",
      "query",
      "operator"),
  /** State bytes. */
  STATE_BYTES(
      "vellamo.state", Kind.GAUGE, "bytes", "approximate size of all groups", "query", "operator"),
  /** Parked groups. */
  PARKED("vellamo.parked", Kind.GAUGE, "groups", "parked groups", "query", "operator"),
  /** Waiting events. */
  WAITING(
      "vellamo.waiting",
      Kind.GAUGE,
      "events",
      "pending events of parked groups",
      "query",
      "operator"),
  /** Skew. */
  SKEW(
      "vellamo.shard.skew",
      Kind.GAUGE,
      null,
      "the largest part of a shard divided by the mean of the operator's shards, of input, groups,"
          + " bytes or call (time); 1 if all are even",
      "query",
      "operator",
      "of");

  /** Kinds of meters. */
  public enum Kind {
    /** A number that only grows. */
    COUNTER,
    /** A number that is read. */
    GAUGE,
    /** A count and a total time. */
    TIMER
  }

  private final String id;
  private final Kind kind;
  private final @Nullable String unit;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // a copy, which does not change
  private final List<String> tags;

  QueryMeter(String id, Kind kind, @Nullable String unit, String description, String... tags) {
    this.id = id;
    this.kind = kind;
    this.unit = unit;
    this.description = description;
    this.tags = List.of(tags);
  }

  /**
   * Returns the name of the meter in Micrometer, which other systems write in their own way.
   *
   * @return a name with dots
   */
  public String id() {
    return id;
  }

  /**
   * Returns the kind of the meter.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the unit of the meter.
   *
   * @return null for a timer, whose unit is that of the monitoring system, and for a plain number
   */
  public @Nullable String unit() {
    return unit;
  }

  /**
   * Returns the meaning of the meter.
   *
   * @return one phrase
   */
  public String description() {
    return description;
  }

  /**
   * Returns the keys of the meter's tags.
   *
   * @return the keys, {@code query} first
   */
  public List<String> tags() {
    return tags;
  }
}
