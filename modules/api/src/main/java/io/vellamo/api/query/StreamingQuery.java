package io.vellamo.api.query;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A handle on a query that was started.
 *
 * <p><b>Threading</b> Safe to share. The methods that wait must not be called from the query's own
 * functions, sources or sinks.
 *
 * @since 0.1
 */
public interface StreamingQuery {
  /**
   * Returns the identity of the query over all its runs, made at the first start. Right after a
   * start, waits until the journal has been read.
   *
   * @return an id that is kept in the journal
   * @throws java.util.concurrent.CompletionException if the query ends before that
   */
  UUID id();

  /**
   * Returns the identity of this run.
   *
   * @return an id that is new at every start
   */
  UUID runId();

  /**
   * Returns the name, which identifies the query's journal.
   *
   * @return the name given to {@code query(name)}
   */
  String name();

  /**
   * Returns whether the query has not ended.
   *
   * @return false once it has ended, by itself, by {@link #stop} or by a failure
   */
  boolean isActive();

  /**
   * Returns what the query promises from source to sink.
   *
   * @return the weakest of what source and sink allow
   */
  DeliveryGuarantee guarantee();

  /**
   * Returns what the query is doing now, with the calls of user code under way.
   *
   * @return a copy of the moment
   */
  StreamingQueryStatus status();

  /**
   * Returns the report of the newest epoch.
   *
   * @return empty before the first epoch of this run
   */
  Optional<StreamingQueryProgress> lastProgress();

  /**
   * Returns the reports of the newest epochs of this run.
   *
   * @return oldest first, at most {@code vellamo.query.recent-progress} (99)
   */
  List<StreamingQueryProgress> recentProgress();

  /**
   * Returns where the watermark stands, and what holds it there.
   *
   * @return the answer of the moment; empty for a query without {@code withWatermark}, and before
   *     its journal has been read
   */
  Optional<WatermarkReport> watermark();

  /**
   * Returns the groups that are parked, see {@link ErrorPolicy#park}.
   *
   * @return completes with them, by operator, shard and key; with none if the query has no groups;
   *     fails with an {@link IllegalStateException} if the query has ended, or if more requests
   *     wait than {@code vellamo.query.max-pending-requests} allows
   */
  CompletionStage<List<ParkedGroup>> parkedGroups();

  /**
   * Requests that a parked group be called again with its pending events. The next epoch does it,
   * with its own clocks, and comes without data if need be. If the function throws again, the group
   * stays parked. If several stateful operators have parked a group of that key, all of them are
   * meant.
   *
   * @param key the grouping key, as {@code groupByKey} gives it
   * @return completes with whether the group is parked, once the request is in the journal, where
   *     many requests take one write; fails with an {@link IllegalStateException} if the query has
   *     ended, or if more requests wait than {@code vellamo.query.max-pending-requests} allows
   */
  CompletionStage<Boolean> redrive(@Nullable Object key);

  /**
   * Requests that a parked group of one operator be called again with its pending events, as {@link
   * #redrive(Object)} does for all operators.
   *
   * @param operator the operator's name
   * @param key the grouping key, as {@code groupByKey} gives it
   * @return as for {@link #redrive(Object)}
   * @throws IllegalArgumentException if the query has no stateful operator of that name
   */
  CompletionStage<Boolean> redrive(String operator, @Nullable Object key);

  /**
   * Requests that a parked group go on without the events on which its function fails. The next
   * epoch calls it with what waits, one event at a time; events whose call throws become dead
   * letters, and so does the timeout that the group was parked for if it throws again. They stay
   * counted as processed, as they were when they came.
   *
   * @param key the grouping key, as {@code groupByKey} gives it
   * @return as for {@link #redrive}
   */
  CompletionStage<Boolean> release(@Nullable Object key);

  /**
   * Requests that a parked group of one operator continue without the events that its function
   * fails on, as {@link #release(Object)} does for all operators.
   *
   * @param operator the operator's name
   * @param key the grouping key, as {@code groupByKey} gives it
   * @return as for {@link #redrive(Object)}
   * @throws IllegalArgumentException if the query has no stateful operator of that name
   */
  CompletionStage<Boolean> release(String operator, @Nullable Object key);

  /**
   * Waits until everything the source holds now has been processed and committed, epochs without
   * data included. For tests: with a source that never pauses it never returns.
   *
   * @throws StreamingQueryException if the query fails meanwhile
   * @throws InterruptedException if the caller is interrupted
   */
  void processAllAvailable() throws InterruptedException;

  /**
   * Returns the moment at which the query rests: everything the source holds has been processed as
   * far as the trigger allows by now, and nothing more happens until the source signals, the
   * query's clock reaches a later moment, or a parked group is redriven or released. For tests with
   * a clock that they move: unlike {@link #processAllAvailable}, it does not wait for the next
   * moment of a timed trigger.
   *
   * <p><b>Time</b> When it completes, the query has registered its next wake-up with its clock.
   *
   * @return completes when the query rests or has ended; fails with a {@link
   *     StreamingQueryException} if the query fails
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
   * Waits until the query has ended, or a time has passed.
   *
   * @param timeout how long to wait, positive
   * @return whether the query has ended
   * @throws StreamingQueryException if it failed
   * @throws InterruptedException if the caller is interrupted
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  boolean awaitTermination(Duration timeout) throws InterruptedException;

  /**
   * Returns what completes when the query has ended.
   *
   * @return completes normally after an end or {@link #stop}, and with a {@link
   *     StreamingQueryException} after a failure
   */
  CompletionStage<Void> whenTerminated();

  /**
   * Ends the query, within {@code vellamo.stop-timeout} (30 s). The same as {@link #stop(Duration)}
   * with that timeout.
   *
   * @throws StreamingQueryException if a call did not return in time and was given up
   * @throws InterruptedException if the caller is interrupted; the query ends nevertheless
   */
  void stop() throws InterruptedException;

  /**
   * Ends the query and waits until it has let go of source, sink and journal. The running epoch is
   * abandoned and runs again, with the same input, at the next start. May be repeated.
   *
   * <p><b>Time</b> Functions are not called any more from now on. Calls under way, of functions,
   * source and sinks, have half of the timeout to return; then their threads are interrupted. Calls
   * that have not returned at the end of the timeout are given up: the query has ended, its results
   * are ignored, and the method throws.
   *
   * <p><b>Failure</b> A call that was given up may still run. Until it returns, a query of this
   * name can't start on this actor system, so that no two runs write to one sink. What was
   * committed is not affected.
   *
   * @param timeout how long the end may take, positive
   * @throws StreamingQueryException if a call did not return in time and was given up; the message
   *     names the operator and group, the source or the sink
   * @throws InterruptedException if the caller is interrupted; the query ends nevertheless
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  void stop(Duration timeout) throws InterruptedException;

  /**
   * Returns why the query failed.
   *
   * @return empty unless it ended by a failure
   */
  Optional<StreamingQueryException> exception();
}
