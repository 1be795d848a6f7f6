package io.vellamo.api.internal;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.RowSink;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A complete query, ready to start.
 *
 * @param name identifies the query and its journal
 * @param upstream the pipeline that emits the rows
 * @param sink the sink of the rows
 * @param errorPolicy the reaction to a user's function that throws
 * @param deadLetters the sink of dead letters; empty to log their positions
 * @param lateEvents the sink of late events; empty to count them only
 * @param trigger the rule for when epochs start
 * @param watermarkPolicy how several watermarks are combined
 * @param maxEventsPerEpoch the maximum number of events in an epoch; empty for the configured
 *     default
 * @param clock the clock of the processing time; empty for the system clock
 * @param retry the rule by which failed calls of sources and sinks are made again; empty for the
 *     configured default
 * @since 0.1
 */
public record QueryPlan(
    String name,
    Upstream upstream,
    RowSink<?> sink,
    ErrorPolicy errorPolicy,
    Optional<RowSink<? super DeadLetter>> deadLetters,
    Optional<RowSink<? super LateEvent>> lateEvents,
    Trigger trigger,
    WatermarkPolicy watermarkPolicy,
    OptionalLong maxEventsPerEpoch,
    Optional<QueryClock> clock,
    Optional<RetryPolicy> retry) {
  /**
   * Returns a plan with the default of every optional setting.
   *
   * @param name identifies the query and its journal
   * @param upstream the pipeline that emits the rows
   * @param sink the sink of the rows
   * @return a plan that runs epochs as soon as possible
   */
  public static QueryPlan of(String name, Upstream upstream, RowSink<?> sink) {
    return new QueryPlan(
        name,
        upstream,
        sink,
        ErrorPolicy.fail(),
        Optional.empty(),
        Optional.empty(),
        Trigger.asap(),
        WatermarkPolicy.MIN,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Returns this plan with another sink.
   *
   * @param other the sink of the rows
   * @return a plan
   */
  public QueryPlan withSink(RowSink<?> other) {
    return new QueryPlan(
        name,
        upstream,
        other,
        errorPolicy,
        deadLetters,
        lateEvents,
        trigger,
        watermarkPolicy,
        maxEventsPerEpoch,
        clock,
        retry);
  }

  /**
   * Returns this plan with another rule for failed calls of sources and sinks.
   *
   * @param policy the rule
   * @return a plan
   */
  public QueryPlan withRetry(RetryPolicy policy) {
    return new QueryPlan(
        name,
        upstream,
        sink,
        errorPolicy,
        deadLetters,
        lateEvents,
        trigger,
        watermarkPolicy,
        maxEventsPerEpoch,
        clock,
        Optional.of(policy));
  }
}
