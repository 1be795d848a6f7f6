package io.vellamo.connectors.pekko;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * A query as a stage of a stream: each materialization starts the query. The rows of an epoch come
 * out in one element, without contexts, before the epoch is committed; the contexts of the epoch
 * come out after that, in an element without rows.
 *
 * @param <E> the events
 * @param <C> the contexts of the stream's elements
 * @param <R> the rows
 */
final class QueryStage<E, C, R>
    extends AbstractGraphStageWithMaterializedValue<
        FlowShape<Pair<E, C>, Pair<List<R>, List<C>>>, CompletionStage<StreamingQuery>> {
  /**
   * The query that a stage runs, and how it is run.
   *
   * @param query the query of a source and a sink
   * @param source creates the query's source
   * @param capacity the maximum number of elements taken in whose contexts have not come out
   * @param takesWholeResults whether rows may be the whole result of the query
   */
  record Plan<E, C, R>(
      BiFunction<? super EventSource<E>, ? super RowSink<R>, QueryBuilder> query,
      Function<FlowInput<E, C>, EventSource<E>> source,
      int capacity,
      boolean takesWholeResults) {}

  private final Inlet<Pair<E, C>> in = Inlet.create("QueryFlow.in");
  private final Outlet<Pair<List<R>, List<C>>> out = Outlet.create("QueryFlow.out");
  private final FlowShape<Pair<E, C>, Pair<List<R>, List<C>>> shape = FlowShape.of(in, out);
  private final Plan<E, C, R> plan;

  QueryStage(Plan<E, C, R> plan) {
    this.plan = plan;
  }

  @Override
  public FlowShape<Pair<E, C>, Pair<List<R>, List<C>>> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, CompletionStage<StreamingQuery>> createLogicAndMaterializedValuePair(
      Attributes inherited) {
    QueryStageLogic<E, C, R> logic = new QueryStageLogic<>(shape, plan);
    return Pair.create(logic, logic.started());
  }
}
