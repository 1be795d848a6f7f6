package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A driver of a whole query, step by step, on the thread of the test, without an actor system. Each
 * verb returns when nothing more happens by itself, so a test needs no timeout and gives the same
 * result in every run.
 *
 * <pre>{@code
 * StreamingQueryHarness<String, Count> counts =
 *     StreamingQueryHarness.start(
 *         events -> words.addTo(0, events), rows::rows, start -> counts(start.from(words)).to(rows));
 * counts.add("a").expectRows(new Count("a", 1));
 * counts.restart();
 * counts.advance(Duration.ofSeconds(10)).add("a", "b");
 * counts.expectRows(new Count("a", 2), new Count("b", 1)).expectGroups(2);
 * counts.close();
 * }</pre>
 *
 * <p>It runs the query with the engine and the codecs of real queries, on a journal in memory. It
 * works with any trigger, and with any source and sink that a test can feed and read; {@code
 * MemorySource} and {@code MemorySink} of the connectors are made for it. With a timed trigger,
 * {@link #add} leaves events at the source until {@link #advance} reaches the trigger's next
 * moment. With a trigger that ends the query, events are processed by the next {@link #resume}.
 *
 * <p>Use {@link #builder} for several feeds, a name, or another first moment of the clock.
 *
 * <p><b>Threading</b> Used by one thread at a time, on which functions, source and sink are called.
 * What another thread adds to the source is processed by the next verb.
 *
 * <p><b>Time</b> Only {@link #advance} moves processing time. It begins at 1970-01-01T00:00:00Z.
 * Pauses between the retries of an error policy take no time.
 *
 * <p><b>Failure</b> If the query fails, the verb throws its {@link StreamingQueryException}.
 *
 * @param <T> the events
 * @param <U> the rows
 * @since 0.1
 */
public final class StreamingQueryHarness<T, U> implements AutoCloseable {
  private final HarnessFeeds<T> feeds;
  private final HarnessRows<U> rows;
  private final String name;
  private final Function<QueryStart, QueryBuilder> query;
  private final ManualClock clock;
  private final ProgressSums sums = new ProgressSums();
  private final HarnessRuntime runtime;
  // Set by the first resume; while the query is down, its last run.
  private @Nullable HarnessQuery running;
  private boolean isDown = true;

  StreamingQueryHarness(
      HarnessFeeds<T> feeds,
      Supplier<List<U>> rows,
      String name,
      Function<QueryStart, QueryBuilder> query,
      ManualClock clock) {
    this.feeds = feeds;
    this.name = name;
    this.query = query;
    this.clock = clock;
    this.runtime = new HarnessRuntime(clock, sums);
    this.rows = new HarnessRows<>(rows, runtime::emitsWholeResult);
  }

  /**
   * Starts a query with one feed.
   *
   * @param feed adds events to the query's source, all at once
   * @param rows returns all rows at the query's sink, oldest first
   * @param query builds the query, from the beginning of one; called at every start, where it may
   *     return a changed query. The harness's clock replaces the clock of the query
   * @param <T> the events
   * @param <U> the rows
   * @return a harness of the running query
   */
  public static <T, U> StreamingQueryHarness<T, U> start(
      Consumer<List<T>> feed, Supplier<List<U>> rows, Function<QueryStart, QueryBuilder> query) {
    return new HarnessBuilder<T, U>(rows, query).onlyFeed(feed).start();
  }

  /**
   * Returns the builder of a harness.
   *
   * @param rows returns all rows at the query's sink, oldest first
   * @param query builds the query, from the beginning of one; called at every start, where it may
   *     return a changed query. The harness's clock replaces the clock of the query
   * @param <T> the events of all feeds
   * @param <U> the rows
   * @return a builder without feeds
   */
  public static <T, U> HarnessBuilder<T, U> builder(
      Supplier<List<U>> rows, Function<QueryStart, QueryBuilder> query) {
    return new HarnessBuilder<>(rows, query);
  }

  /**
   * Adds events to the only feed, all at once; the query, if it runs, processes them.
   *
   * @param events the events, in order
   * @return this harness
   * @throws IllegalStateException if there is not exactly one feed
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final StreamingQueryHarness<T, U> add(T... events) {
    return addAll(Arrays.asList(events));
  }

  private StreamingQueryHarness<T, U> addAll(List<T> events) {
    feeds.only().add(events);
    return drain();
  }

  /**
   * Adds events to a feed, all at once; the query, if it runs, processes them. For events of
   * several feeds in one epoch, add them while the query is stopped or its trigger waits.
   *
   * @param feed the feed's name
   * @param events the events, in order
   * @return this harness
   * @throws IllegalArgumentException if there is no such feed, or if an event is not of its class
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final StreamingQueryHarness<T, U> addTo(String feed, T... events) {
    feeds.named(feed).add(Arrays.asList(events));
    return drain();
  }

  /**
   * Adds events to the only feed and expects the query to fail on them.
   *
   * @param messagePart text that the message of the failure or of one of its causes must contain
   * @param events the events, in order
   * @return this harness; continue with {@link #restart}
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final StreamingQueryHarness<T, U> addFailing(String messagePart, T... events) {
    return expectFailure(Throwable.class, messagePart, down -> down.addAll(Arrays.asList(events)));
  }

  /**
   * Moves the clock, stopping at each moment for which the query has scheduled a task, and lets it
   * run there until it is idle. While the query is stopped or has ended, only moves the clock.
   *
   * <p><b>Failure</b> If the query fails, the clock stays at the moment of the failure.
   *
   * <p><b>Cost</b> A look at the source for each of these moments. A source that is polled every
   * second has 86,400 of them a day; an idle {@code MemorySource} has none.
   *
   * @param duration the time to move by, not negative
   * @return this harness
   * @throws IllegalArgumentException if {@code duration} is negative
   */
  public StreamingQueryHarness<T, U> advance(Duration duration) {
    Instant end = clock.after(duration);
    if (!isDown) {
      for (Instant due = clock.nextMoment(end); due != null; due = clock.nextMoment(end)) {
        clock.set(due);
        drain();
      }
    }
    clock.set(end);
    return drain();
  }

  /**
   * Lets the query run until it is idle, epochs without data included. Needed only after an action
   * that is not a verb of the harness, such as adding events to the source itself.
   *
   * @return this harness
   */
  public StreamingQueryHarness<T, U> drain() {
    if (!isDown && running != null) {
      running.settle();
    }
    return this;
  }

  /**
   * Stops the query. Events that are added before the next {@link #resume} wait at the source.
   *
   * @return this harness
   */
  public StreamingQueryHarness<T, U> stop() {
    isDown = true;
    if (running != null) {
      running.stop();
    }
    return this;
  }

  /**
   * Starts the query again after {@link #stop}, a failure or its end, on the same clock and
   * journal.
   *
   * @return this harness
   * @throws IllegalStateException if the query runs
   */
  public StreamingQueryHarness<T, U> resume() {
    if (running != null && running.isActive()) {
      throw new IllegalStateException(
          "the query must be stopped to resume, it runs; use restart()");
    }
    running = runtime.start(name, query);
    isDown = false;
    return drain();
  }

  /**
   * Stops the query and starts it again, see {@link #resume}.
   *
   * @return this harness
   */
  public StreamingQueryHarness<T, U> restart() {
    return stop().resume();
  }

  /**
   * Stops the query, moves the clock, and starts the query again.
   *
   * @param down for how long the query is down, not negative
   * @return this harness
   * @throws IllegalArgumentException if {@code down} is negative
   */
  public StreamingQueryHarness<T, U> restartAfter(Duration down) {
    return stop().advance(down).resume();
  }

  /**
   * Expects the rows since the last expectation, in any order; in mode COMPLETE, the whole result.
   *
   * @param expected all of them
   * @return this harness
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final StreamingQueryHarness<T, U> expectRows(U... expected) {
    rows.expect(Arrays.asList(expected), hint());
    return this;
  }

  /**
   * Expects no rows since the last expectation of rows.
   *
   * @return this harness
   */
  public StreamingQueryHarness<T, U> expectNoRows() {
    return expectRows();
  }

  /**
   * Expects the number of groups that have a state or a timeout.
   *
   * @param groups the number of groups
   * @return this harness
   */
  public StreamingQueryHarness<T, U> expectGroups(long groups) {
    sums.requireGroups(groups);
    return this;
  }

  /**
   * Expects the numbers of updates and removals of groups since the last such expectation.
   *
   * @param updated the number of times a group was written
   * @param removed the number of times a group was removed
   * @return this harness
   */
  public StreamingQueryHarness<T, U> expectChanges(long updated, long removed) {
    sums.requireChanges(updated, removed);
    return this;
  }

  /**
   * Expects the number of late events since the last such expectation.
   *
   * @param events the number of late events
   * @return this harness
   */
  public StreamingQueryHarness<T, U> expectLate(long events) {
    sums.requireLate(events);
    return this;
  }

  /**
   * Expects that the query has ended by itself, as its trigger says.
   *
   * @return this harness
   */
  public StreamingQueryHarness<T, U> expectEnded() {
    if (isDown || query().isActive()) {
      throw new AssertionError(
          "the query must have ended by itself, was [%s]; the triggers once, availableNow and drain end"
              .formatted(found()));
    }
    return this;
  }

  /**
   * Expects that the query fails during some verbs because of an exception of a class.
   *
   * @param cause the class of the failure or of one of its causes, or a superclass
   * @param verbs calls on this harness; those after the verb that fails are skipped
   * @return this harness; continue with {@link #resume} or {@link #restart}
   */
  public StreamingQueryHarness<T, U> expectFailure(
      Class<? extends Throwable> cause, Consumer<? super StreamingQueryHarness<T, U>> verbs) {
    return expectFailure(cause, "", verbs);
  }

  /**
   * Expects that the query fails during some verbs because of an exception of a class with a
   * message.
   *
   * @param cause the class of the failure or of one of its causes, or a superclass
   * @param messagePart text that the message of that exception must contain
   * @param verbs calls on this harness; those after the verb that fails are skipped
   * @return this harness; continue with {@link #resume} or {@link #restart}
   */
  public StreamingQueryHarness<T, U> expectFailure(
      Class<? extends Throwable> cause,
      String messagePart,
      Consumer<? super StreamingQueryHarness<T, U>> verbs) {
    ExpectedFailure expected = new ExpectedFailure(cause, messagePart);
    return expectFailure(expected::requireIn, verbs);
  }

  /**
   * Expects that the query fails during some verbs, and checks the failure.
   *
   * @param check throws an {@link AssertionError} if the failure is not the expected one
   * @param verbs calls on this harness; those after the verb that fails are skipped
   * @return this harness; continue with {@link #resume} or {@link #restart}
   */
  public StreamingQueryHarness<T, U> expectFailure(
      Consumer<? super StreamingQueryException> check,
      Consumer<? super StreamingQueryHarness<T, U>> verbs) {
    requireNonNull(check, "check");
    try {
      verbs.accept(this);
    } catch (StreamingQueryException e) {
      stop();
      check.accept(e);
      return this;
    }
    throw new AssertionError("the query must fail, was [%s]".formatted(found()));
  }

  /**
   * Returns the query, for actions that the harness has no verb for.
   *
   * @return another object after each {@link #restart}; the last one while the query is down
   */
  public StreamingQuery query() {
    return requireNonNull(running, "running");
  }

  /**
   * Returns the query's clock. To move it, use {@link #advance}.
   *
   * @return the same clock after each restart
   */
  public ManualClock clock() {
    return clock;
  }

  /** Stops the query. */
  @Override
  public void close() {
    stop();
  }

  private String found() {
    return isDown ? "stopped by the test" : query().status().message();
  }

  /** Returns the end of messages about a query that is down and can't have processed events. */
  private String hint() {
    return !isDown && query().isActive()
        ? ""
        : "; the query is down, events that are added wait for resume()";
  }
}
