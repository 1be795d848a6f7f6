package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.AggregateList.UnknownAggregateException;
import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Aggregates of groups, whose results {@link #as} turns into rows.
 *
 * <pre>{@code
 * var events = Aggregates.<Event>count();
 * var size = Aggregates.statistics(Event::size);
 * var mean = size.mean();
 * var spread = size.stddev();
 * stream
 *     .groupBy(Event::type, Window.tumbling(Duration.ofMinutes(1)))
 *     .aggregate(events, mean, spread)
 *     .as(r -> new TypeStats(r.key(), r.window(), r.get(events), r.get(mean), r.get(spread)))
 * }</pre>
 *
 * @param <G> the results of a group
 * @since 0.1
 */
public final class Aggregation<G> {
  private final Grouping grouping;
  private final Optional<Windows<?>> windows;
  private final AggregateList aggregates;

  private Aggregation(Grouping grouping, Optional<Windows<?>> windows, AggregateList aggregates) {
    this.grouping = grouping;
    this.windows = windows;
    this.aggregates = aggregates;
  }

  static <G> Aggregation<G> of(
      Grouping grouping,
      Optional<? extends Windows<?>> windows,
      List<? extends Aggregate<?, ?>> aggregates) {
    grouping.pipeline().requireInputFor("aggregate", true);
    return new Aggregation<>(grouping, windows.map(each -> each), new AggregateList(aggregates));
  }

  /**
   * Returns the rows of the groups.
   *
   * <p>The function is also called once when the query is built, with the results of no events, to
   * find an aggregate that was not passed to {@code aggregate}; other exceptions of that call are
   * ignored.
   *
   * @param row returns the row of a group; must be free of side effects and not return null
   * @param <R> the rows
   * @return the rows; {@link EventStream#outputMode} chooses when they are emitted
   * @throws IllegalArgumentException if the function reads an aggregate that is not one of these
   */
  public <R> EventStream<R> as(Function<? super G, ? extends R> row) {
    requireNonNull(row, "row");
    AggregationCode code =
        new AggregationCode(windows, aggregates.aggregators(), aggregates.names(), rows(row));
    tryOnce(code);
    return grouping.then(code.operator(grouping.isGlobal()), code);
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the groupings create Aggregation with the results they declare
  private AggregationCode.Rows rows(Function<? super G, ?> row) {
    return (key, window, buffers) ->
        requireNonNull(
            row.apply((G) new AggregateResults<>(aggregates, key, window, buffers)),
            "the function's row");
  }

  @SuppressWarnings("CatchingUnchecked") // the function may not expect a result of no events
  private void tryOnce(AggregationCode code) {
    Window window = new Window(Instant.EPOCH, Instant.EPOCH);
    try {
      code.rows().row(null, windows.isPresent() ? window : null, code.zero());
    } catch (UnknownAggregateException e) {
      throw e;
    } catch (RuntimeException e) {
      // Not a result of any group: groups have events.
    }
  }
}
