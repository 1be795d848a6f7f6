package io.vellamo.connectors.pekko;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.apache.pekko.stream.javadsl.Keep;

/**
 * A query as a stage of a Pekko stream: the elements that come in are its events, the elements that
 * come out are its rows.
 *
 * <pre>{@code
 * QueryFlow<Order, Total> totals =
 *     QueryFlow.of(
 *         (orders, rows) ->
 *             Vellamo.get(system)
 *                 .query("totals")
 *                 .from(orders)
 *                 .groupByKey(Order::customer)
 *                 .aggregate(Aggregates.sumOfLongs(Order::cents), Total::new)
 *                 .outputMode(OutputMode.UPDATE)
 *                 .to(rows));
 * orders.via(totals.flow()).runWith(store, system);
 * }</pre>
 *
 * <p><b>Order</b> Rows come out epoch by epoch, and within an epoch in the order of {@link
 * io.vellamo.api.sink.EpochRows}. An epoch is committed when the stream has taken its rows, that
 * is, when it requests another element after them. Until then a restart emits the epoch's rows
 * again: the rows of each epoch come out at least once. For rows that are not lost downstream
 * either, let the next stage request an element only after it has finished the one before, as
 * {@code map} and {@code mapAsync(1, ...)} do; elements in a buffer, at an asynchronous boundary or
 * in {@code mapAsync(4, ...)} count as taken, and are lost in a crash.
 *
 * <p>A query whose stream requests nothing holds its epoch back, and then its input. While nothing
 * is held back, elements go on without delay: nothing polls.
 *
 * <p><b>Threading</b> Immutable, and so are the flows. Each materialization of a flow starts the
 * query; it is available as the materialized value. As a query runs once at a time, so does its
 * flow: a second materialization fails with the exception of {@link QueryBuilder#start}. Stop the
 * first one, or give each a query with a name of its own. The query goes on where the preceding
 * materialization has ended, also in another process.
 *
 * <p><b>Failure</b>
 *
 * <ul>
 *   <li>When the input completes, the query processes all that was taken in, the rows come out, and
 *       the flow completes. Groups that are still open stay in the journal for the next
 *       materialization.
 *   <li>When the input fails or the output is cancelled, the query stops. What was taken in and is
 *       not committed is lost, unless it is in an inbox, see {@link #flow(Function)}.
 *   <li>When the query fails, the flow fails with its {@link
 *       io.vellamo.api.query.StreamingQueryException}. When it is stopped, or ends by its trigger,
 *       the flow completes.
 * </ul>
 *
 * The flow fails or completes only after the query has ended, so that {@code RestartFlow} can start
 * it again. A flow whose output is cancelled ends at once: wait for {@link
 * StreamingQuery#whenTerminated} before you materialize it again.
 *
 * @param <E> the events
 * @param <R> the rows
 * @since 0.1
 */
public final class QueryFlow<E, R> {
  private static final int DEFAULT_CAPACITY = 10_000;

  private final BiFunction<? super EventSource<E>, ? super RowSink<R>, QueryBuilder> query;
  private final int capacity;

  private QueryFlow(
      BiFunction<? super EventSource<E>, ? super RowSink<R>, QueryBuilder> query, int capacity) {
    this.query = query;
    this.capacity = capacity;
  }

  /**
   * Returns a query as a stage. It takes in up to 10,000 elements that are not committed.
   *
   * @param query returns the query that reads the given source and writes to the given sink; called
   *     for each materialization, and must use each of the two once
   * @param <E> the events
   * @param <R> the rows
   * @return the query, of which flows can be made
   */
  public static <E, R> QueryFlow<E, R> of(
      BiFunction<? super EventSource<E>, ? super RowSink<R>, QueryBuilder> query) {
    return new QueryFlow<>(requireNonNull(query, "query"), DEFAULT_CAPACITY);
  }

  /**
   * Sets the maximum number of elements that have come in and are not committed, or whose contexts
   * have not come out. They are held in memory; no epoch is larger.
   *
   * @param elements positive
   * @return a copy with this setting
   * @throws IllegalArgumentException if {@code elements} is not positive
   */
  public QueryFlow<E, R> withCapacity(int elements) {
    if (elements < 1) {
      throw new IllegalArgumentException("elements must be positive, was [%d]".formatted(elements));
    }
    return new QueryFlow<>(query, elements);
  }

  /**
   * Returns a flow that holds the elements it takes in in memory until they are committed.
   *
   * <p>Nothing tells the upstream which elements are committed, so those in flight are lost in a
   * crash. {@link #flowWithContext()} tells it, and {@link #flow(Function)} does not lose elements.
   *
   * <p><b>Failure</b> As above. A query in mode {@code COMPLETE} fails, as a stream of rows could
   * not tell where one whole result ends; use {@link #flowWithContext()}.
   *
   * @return a flow that materializes the query, once it has been started
   */
  public Flow<E, R, CompletionStage<StreamingQuery>> flow() {
    return rows(input -> new FlowSource<>(capacity, input));
  }

  /**
   * Returns a flow that stores the elements it takes in in the query's inbox.
   *
   * <p>An element with an id that the inbox remembers is discarded, see {@link
   * io.vellamo.api.source.Inbox}. So an upstream may repeat elements, and has to repeat those that
   * were not taken in before a crash: states then reflect each element exactly once.
   *
   * <p><b>Failure</b> As for {@link #flow()}, except that elements in the inbox are not lost. The
   * flow fails if an element can't be stored.
   *
   * @param ids returns the id of an element, the same if the element comes again
   * @return a flow that materializes the query, once it has been started
   */
  public Flow<E, R, CompletionStage<StreamingQuery>> flow(Function<? super E, String> ids) {
    requireNonNull(ids, "ids");
    return rows(input -> new InboxFlowSource<>((event, context) -> ids.apply(event), input));
  }

  private Flow<E, R, CompletionStage<StreamingQuery>> rows(
      Function<FlowInput<E, NotUsed>, EventSource<E>> source) {
    return Flow.<E>create()
        .map(event -> Pair.create(event, NotUsed.getInstance()))
        .viaMat(
            new QueryStage<>(new QueryStage.Plan<E, NotUsed, R>(query, source, capacity, false)),
            Keep.right())
        .mapConcat(Pair::first);
  }

  /**
   * Returns a flow that emits the context of each element, such as an offset to commit or a message
   * to acknowledge, once the element is committed and the rows of its epoch have been taken.
   *
   * <p><b>Order</b> The elements that come out are lists of rows, their contexts are lists of
   * contexts, as with {@code grouped}. First come the rows of an epoch, with no contexts; then, in
   * the order of the input, the contexts of its elements, with no rows. Every context comes out,
   * also that of an element that was filtered out, late or a dead letter. In mode {@code COMPLETE},
   * each list of rows is the whole result.
   *
   * <p><b>Failure</b> As for {@link #flow()}. An upstream that commits or acknowledges only
   * contexts that have come out sends the elements in flight again after a crash, so that each is
   * processed at least once; states may reflect it twice. With ids, see {@link
   * #flowWithContext(BiFunction)}, they reflect it once.
   *
   * @param <C> the contexts
   * @return a flow that materializes the query, once it has been started
   */
  public <C>
      FlowWithContext<E, C, List<R>, List<C>, CompletionStage<StreamingQuery>> flowWithContext() {
    return contexts(input -> new FlowSource<>(capacity, input));
  }

  /**
   * Returns a flow that stores the elements it takes in in the query's inbox, and emits the context
   * of each element as {@link #flowWithContext()} does.
   *
   * <p>The context of an element that is discarded, because the inbox remembers its id, comes out
   * after those of the elements before it, and after the rows of all that was in the inbox.
   *
   * <p><b>Failure</b> As for {@link #flow(Function)}.
   *
   * @param ids returns the id of an element, the same if the element comes again
   * @param <C> the contexts
   * @return a flow that materializes the query, once it has been started
   */
  public <C>
      FlowWithContext<E, C, List<R>, List<C>, CompletionStage<StreamingQuery>> flowWithContext(
          BiFunction<? super E, ? super C, String> ids) {
    requireNonNull(ids, "ids");
    return contexts(input -> new InboxFlowSource<>(ids, input));
  }

  private <C> FlowWithContext<E, C, List<R>, List<C>, CompletionStage<StreamingQuery>> contexts(
      Function<FlowInput<E, C>, EventSource<E>> source) {
    return FlowWithContext.fromPairs(
        Flow.fromGraph(
            new QueryStage<>(new QueryStage.Plan<E, C, R>(query, source, capacity, true))));
  }
}
