package io.vellamo.api.plan;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A whole query, ready to start.
 *
 * @param name identifies the query and its journal
 * @param source where events come from
 * @param stages what happens to them, in order
 * @param sink where rows go
 * @param errorPolicy what is done when a user's function throws
 * @param deadLetters where dead letters go; empty to log their positions
 * @param lateEvents where late events go; empty to count them only
 * @param trigger when epochs start
 * @param maxEventsPerEpoch the most events of an epoch; empty for the configured default
 * @param clock the processing time; empty for the system's
 * @since 0.1
 */
public record QueryPlan(
    String name,
    EventSource<?> source,
    List<Stage> stages,
    RowSink<?> sink,
    ErrorPolicy errorPolicy,
    Optional<RowSink<? super DeadLetter>> deadLetters,
    Optional<RowSink<? super LateEvent>> lateEvents,
    Trigger trigger,
    OptionalLong maxEventsPerEpoch,
    Optional<QueryClock> clock) {
  public QueryPlan {
    stages = List.copyOf(stages);
  }
}
