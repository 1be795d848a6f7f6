package io.vellamo.api.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A handle to a started query. In a cluster, each node that starts the query has a handle, which
 * tells and does the same on all nodes; only {@link #runId}, {@link #explain} and the calls in
 * {@link #status} are the node's own.
 *
 * <p><b>Threading</b> Safe to share. Blocking methods must not be called from the query's own
 * functions, sources or sinks.
 *
 * @since 0.1
 */
public interface StreamingQuery {
  /**
   * Returns the identity of the query, created at the first start and the same for all runs. Waits
   * until the journal has been read.
   *
   * @return an id that is stored in the journal
   * @throws java.util.concurrent.CompletionException if the query ends before the journal has been
   *     read
   */
  UUID id();

  /**
   * Returns the identity of this run.
   *
   * @return an id that is different for every start
   */
  UUID runId();

  /**
   * Returns the name, which identifies the query's journal.
   *
   * @return the name given to {@code query(name)}
   */
  String name();

  /**
   * Returns whether the query has not ended yet.
   *
   * @return false once it has ended, by itself, by {@link #stop} or by a failure
   */
  boolean isActive();

  /**
   * Returns the delivery guarantee of the query from source to sink.
   *
   * @return the strongest guarantee that source and sink allow
   */
  DeliveryGuarantee guarantee();

  /**
   * Returns a description of the query for people: its guarantee and what limits it, its sources
   * with their stages, its watermark, its operators and its sinks, with what each guarantees after
   * a crash, its shards and its journal; in a cluster also the risks that were accepted by
   * configuration.
   *
   * <pre>{@code
   * query [visits]: delivers rows exactly once
   * source [JsonLines[clicks]]: can be read again after a crash → filter → [visits]
   * operator [visits]: mode append, timeouts in processing time → sink
   * sink [JsonLines[out]]: idempotent, with one writer
   * shards: 32 for each operator, on this node, with an actor for each live group
   * journal [vellamo.embedded-journal.journal]: records no input events, keeps what follows a snapshot
   * }</pre>
   *
   * @return several lines; their form may change, so programs should not parse them
   */
  String explain();

  /**
   * Returns the current status of the query, with the calls of user code in progress.
   *
   * @return a snapshot of the status
   */
  StreamingQueryStatus status();

  /**
   * Returns the report of the last committed epoch.
   *
   * @return empty before the first committed epoch of this run
   */
  Optional<StreamingQueryProgress> lastProgress();

  /**
   * Returns the reports of the last committed epochs of this run.
   *
   * @return the reports, oldest first, at most {@code vellamo.query.recent-progress} (99)
   */
  List<StreamingQueryProgress> recentProgress();

  /**
   * Returns the position of the watermark and the events that hold it there.
   *
   * @return a snapshot; empty for a query without {@code withWatermark}, and before its journal has
   *     been read
   */
  Optional<WatermarkReport> watermark();

  /**
   * Returns the health of the query: whether it makes progress, and what holds it up. A query that
   * has nothing to read is healthy.
   *
   * <p><b>Time</b> The bounds after which missing progress and a standing watermark count as
   * problems are {@code vellamo.health.no-progress-after} (60 s) and {@code
   * vellamo.health.watermark-held-after} (300 s), by the query's clock.
   *
   * <p><b>Cost</b> Reads what the query has reported; neither asks nor delays it.
   *
   * @return the health now
   */
  QueryHealth health();

  /**
   * Returns the grouping keys that take the largest shares of events and of the function's time.
   *
   * @return a report for each stateful operator, from the source to the sink, of up to {@code
   *     vellamo.hot-keys.count} (10) keys each, at most a second old while epochs run; empty before
   *     the first epoch of this run, and if the number is 0
   */
  List<HotKeys> hotKeys();

  /**
   * Returns the last report of each shard, also of those that took no part in the last epochs.
   *
   * @return the shards by number, by the names of the operators from the source to the sink; empty
   *     before the first epoch of this run
   */
  Map<String, List<ShardProgress>> shards();

  /**
   * Returns the parked groups, see {@link ErrorPolicy#park}.
   *
   * @return completes with the groups, by operator, shard and key; with an empty list if the query
   *     has no groups; fails with an {@link IllegalStateException} if the query has ended, or if
   *     more requests are pending than {@code vellamo.query.max-pending-requests} allows
   */
  CompletionStage<List<ParkedGroup>> parkedGroups();

  /**
   * Returns a group of the query's only stateful operator, as {@link #state(String, Object)} does.
   *
   * @param key the grouping key, as {@code groupByKey} returns it
   * @return as for {@link #state(String, Object)}
   * @throws IllegalArgumentException if the query does not have exactly one stateful operator, or
   *     {@code key} can't be a key of it
   */
  CompletionStage<Optional<CommittedGroup>> state(@Nullable Object key);

  /**
   * Returns a group with its state as of the last committed epoch. The answer comes from the memory
   * of the group's shard, without reading the journal, and leads to no call of user code.
   *
   * <pre>{@code
   * Optional<CommittedGroup> group = query.state("visits", "ada").toCompletableFuture().join();
   * long visits = group.flatMap(known -> known.state(Visits.class)).map(Visits::count).orElse(0L);
   * }</pre>
   *
   * <p><b>Order</b> A request that is made after a commit shows that epoch or a later one. A shard
   * that has written its part of an epoch answers once the query has committed the epoch: during an
   * outage of the sink, that is after the outage.
   *
   * <p><b>Cost</b> Time and memory in proportion to the entries of the group, in its shard and
   * here; a shard answers between two of its steps of an epoch.
   *
   * @param operator the operator's name
   * @param key the grouping key, as {@code groupByKey} returns it
   * @return completes with the group; with empty if the operator keeps nothing of it. Fails with an
   *     {@link IllegalStateException} if the query has ended, or if more requests are pending than
   *     {@code vellamo.query.max-pending-requests} allows
   * @throws IllegalArgumentException if the query has no stateful operator with that name, or
   *     {@code key} has a class that the operator's keys can't have
   */
  CompletionStage<Optional<CommittedGroup>> state(String operator, @Nullable Object key);

  /**
   * Returns the first groups of an operator, as {@link #groups(String, String, int)} does.
   *
   * @param operator the operator's name
   * @param limit the maximum number of groups, from 1 to {@link GroupPage#MAX_LIMIT}
   * @return as for {@link #groups(String, String, int)}
   * @throws IllegalArgumentException as for {@link #groups(String, String, int)}
   */
  CompletionStage<GroupPage> groups(String operator, int limit);

  /**
   * Returns the groups of an operator after those of an earlier page. Groups that are parked are
   * included.
   *
   * <p><b>Order</b> By shard, then by the bytes of the serialized key: always the same for the same
   * query. Each group is as of the epoch that was the last committed one when its shard answered,
   * so the pages together are no snapshot. A group that exists all the time occurs exactly once.
   *
   * <p><b>Cost</b> A pass through the keys of one or more shards for each page.
   *
   * @param operator the operator's name
   * @param after {@link GroupPage#next} of the preceding page
   * @param limit the maximum number of groups, from 1 to {@link GroupPage#MAX_LIMIT}
   * @return completes with at most {@code limit} groups, fewer if they are large; fails as for
   *     {@link #state(String, Object)}
   * @throws IllegalArgumentException if the query has no stateful operator with that name, {@code
   *     after} is no result of {@link GroupPage#next}, or {@code limit} is out of range
   */
  CompletionStage<GroupPage> groups(String operator, String after, int limit);

  /**
   * Requests that a parked group be called again with its pending events. The next epoch calls it,
   * with the clocks of that epoch, and runs even without new data. If the function throws again,
   * the group stays parked. If several stateful operators have parked a group with this key, the
   * request applies to all of them.
   *
   * @param key the grouping key, as {@code groupByKey} returns it
   * @return completes with whether the group is parked, once the request has been journaled; one
   *     write holds many requests. Fails with an {@link IllegalStateException} if the query has
   *     ended, or if more requests are pending than {@code vellamo.query.max-pending-requests}
   *     allows
   */
  CompletionStage<Boolean> redrive(@Nullable Object key);

  /**
   * Requests that a parked group of one operator be called again with its pending events, as {@link
   * #redrive(Object)} does for all operators.
   *
   * @param operator the operator's name
   * @param key the grouping key, as {@code groupByKey} returns it
   * @return as for {@link #redrive(Object)}
   * @throws IllegalArgumentException if the query has no stateful operator with that name
   */
  CompletionStage<Boolean> redrive(String operator, @Nullable Object key);

  /**
   * Requests that a parked group continue without the events that its function fails on. The next
   * epoch calls it with its pending events, one at a time. Events whose call throws become dead
   * letters, and so does the timeout that the group was parked for, if its call throws again. The
   * events stay counted as processed, as they were when they arrived.
   *
   * @param key the grouping key, as {@code groupByKey} returns it
   * @return as for {@link #redrive}
   */
  CompletionStage<Boolean> release(@Nullable Object key);

  /**
   * Requests that a parked group of one operator continue without the events that its function
   * fails on, as {@link #release(Object)} does for all operators.
   *
   * @param operator the operator's name
   * @param key the grouping key, as {@code groupByKey} returns it
   * @return as for {@link #redrive(Object)}
   * @throws IllegalArgumentException if the query has no stateful operator with that name
   */
  CompletionStage<Boolean> release(String operator, @Nullable Object key);

  /**
   * Waits until all available input has been processed and committed, including epochs without
   * data. Intended for tests: with a source that never pauses, this method never returns.
   *
   * @throws StreamingQueryException if the query fails in the meantime
   * @throws IllegalStateException if more requests are pending than {@code
   *     vellamo.query.max-pending-requests} allows
   * @throws InterruptedException if the caller is interrupted
   */
  void processAllAvailable() throws InterruptedException;

  /**
   * Returns a stage that completes when the query is idle: all available input has been processed
   * as far as the trigger and outages allow by now, and nothing more happens until the source
   * signals, the query's clock reaches a later time, or a parked group is redriven or released.
   * Intended for tests that control the clock: unlike {@link #processAllAvailable}, it does not
   * wait for the next start of a timed trigger.
   *
   * <p><b>Time</b> When it completes, the query has registered its next wake-up with its clock.
   *
   * @return completes when the query is idle or has ended; fails with a {@link
   *     StreamingQueryException} if the query fails, and with an {@link IllegalStateException} if
   *     more requests are pending than {@code vellamo.query.max-pending-requests} allows
   */
  CompletionStage<Void> whenIdle();

  /**
   * Waits until the query has ended.
   *
   * @throws StreamingQueryException if it failed
   * @throws InterruptedException if the caller is interrupted
   */
  void awaitTermination() throws InterruptedException;

  /**
   * Waits until the query has ended or a timeout has elapsed.
   *
   * @param timeout the maximum time to wait, positive
   * @return whether the query has ended
   * @throws StreamingQueryException if it failed
   * @throws InterruptedException if the caller is interrupted
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  boolean awaitTermination(Duration timeout) throws InterruptedException;

  /**
   * Returns a stage that completes when the query has ended.
   *
   * @return completes normally if the query ended by itself or by {@link #stop}, and with a {@link
   *     StreamingQueryException} if it failed
   */
  CompletionStage<Void> whenTerminated();

  /**
   * Stops the query within {@code vellamo.stop-timeout} (30 s). Equivalent to {@link
   * #stop(Duration)} with that timeout.
   *
   * @throws StreamingQueryException if a call did not return in time and was abandoned
   * @throws InterruptedException if the caller is interrupted; the query stops nevertheless
   */
  void stop() throws InterruptedException;

  /**
   * Stops the query and waits until it has released source, sink and journal. The running epoch is
   * abandoned and runs again, with the same input, at the next start. Has no effect if the query
   * has ended.
   *
   * <p><b>Time</b> No function is called after the stop begins. Calls in progress, of functions,
   * source and sinks, have half of the timeout to return; then their threads are interrupted. Calls
   * that have not returned at the end of the timeout are abandoned: the query has ended, the
   * results of those calls are ignored, and this method throws.
   *
   * <p><b>Failure</b> An abandoned call may still run. Until it returns, a query of this name can't
   * start on this actor system, so that no two runs write to one sink. Committed epochs are not
   * affected.
   *
   * @param timeout the maximum time to wait, positive
   * @throws StreamingQueryException if a call did not return in time and was abandoned; the message
   *     names the operator and group, the source or the sink
   * @throws InterruptedException if the caller is interrupted; the query stops nevertheless
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  void stop(Duration timeout) throws InterruptedException;

  /**
   * Returns the failure that ended the query.
   *
   * @return empty unless the query has failed
   */
  Optional<StreamingQueryException> exception();
}
