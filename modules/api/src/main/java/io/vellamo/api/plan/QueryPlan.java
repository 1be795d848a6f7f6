package io.vellamo.api.plan;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.RowSink;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A whole query, ready to start.
 *
 * @param name identifies the query and its journal
 * @param upstream where the rows come from
 * @param sink where rows go
 * @param errorPolicy what is done when a user's function throws
 * @param deadLetters where dead letters go; empty to log their positions
 * @param lateEvents where late events go; empty to count them only
 * @param trigger when epochs start
 * @param watermarkPolicy what several watermarks make together
 * @param maxEventsPerEpoch the most events of an epoch; empty for the configured default
 * @param clock the processing time; empty for the system's
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
    Optional<QueryClock> clock) {
  /**
   * Returns a plan with the defaults of everything that can be left out.
   *
   * @param name identifies the query and its journal
   * @param upstream where the rows come from
   * @param sink where rows go
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
        Optional.empty());
  }
}
