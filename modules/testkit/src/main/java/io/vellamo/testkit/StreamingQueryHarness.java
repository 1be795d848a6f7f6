package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Drives a whole query step by step: each verb returns when the query has nothing left to do, so
 * that what follows is the same in every run.
 *
 * <pre>{@code
 * StreamingQueryHarness<String, Count> counts =
 *     StreamingQueryHarness.start(
 *         events -> words.addTo(0, events), rows::rows, clock -> query().clock(clock));
 * counts.add("a").expectRows(new Count("a", 1));
 * counts.restart();
 * counts.advance(Duration.ofSeconds(10)).add("a", "b");
 * counts.expectRows(new Count("a", 2), new Count("b", 1)).expectGroups(2);
 * counts.close();
 * }</pre>
 *
 * <p>Works with any runtime, and with any source and sink that a test can feed and read; {@code
 * MemorySource} and {@code MemorySink} of the connectors are made for it. Use a trigger that starts
 * an epoch as soon as there is input, which is the default.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Processing time begins at 1970-01-01T00:00:00Z and moves by {@link #advance} only.
 *
 * <p><b>Failure</b> A verb that waits longer than 30 s fails with an {@link AssertionError}; a
 * query that fails meanwhile gives its {@link StreamingQueryException}.
 *
 * @param <T> the events
 * @param <U> the rows
 * @since 0.1
 */
public final class StreamingQueryHarness<T, U> implements AutoCloseable {
  private final ManualClock clock = ManualClock.at(Instant.EPOCH);
  private final Consumer<List<T>> feed;
  private final Supplier<List<U>> rows;
  private final Function<ManualClock, QueryBuilder> query;
  private final ProgressSums sums = new ProgressSums();
  private StreamingQuery running;
  private int rowsSeen;

  private StreamingQueryHarness(
      Consumer<List<T>> feed, Supplier<List<U>> rows, Function<ManualClock, QueryBuilder> query) {
    this.feed = requireNonNull(feed, "feed");
    this.rows = requireNonNull(rows, "rows");
    this.query = requireNonNull(query, "query");
    this.rowsSeen = rows.get().size();
    this.running = query.apply(clock).start();
  }

  /**
   * Starts a query.
   *
   * @param feed adds events to the query's source, all at once
   * @param rows returns all rows at the query's sink, oldest first
   * @param query makes the query, on the harness's clock; called at every start
   * @param <T> the events
   * @param <U> the rows
   * @return a harness of the running query
   */
  public static <T, U> StreamingQueryHarness<T, U> start(
      Consumer<List<T>> feed, Supplier<List<U>> rows, Function<ManualClock, QueryBuilder> query) {
    return new StreamingQueryHarness<>(feed, rows, query).drain();
  }

  /**
   * Adds events, all at once, and lets the query process them.
   *
   * @param events the events, in order
   * @return this harness
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final StreamingQueryHarness<T, U> add(T... events) {
    feed.accept(List.copyOf(Arrays.asList(events)));
    return drain();
  }

  /**
   * Adds events on which the query must fail.
   *
   * @param messagePart what the failure's message must contain
   * @param events the events, in order
   * @return this harness; {@link #restart} goes on
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final StreamingQueryHarness<T, U> addFailing(String messagePart, T... events) {
    requireNonNull(messagePart, "messagePart");
    feed.accept(List.copyOf(Arrays.asList(events)));
    try {
      Waiting.until("the query has failed", running::awaitTermination);
    } catch (StreamingQueryException e) {
      if (String.valueOf(e.getMessage()).contains(messagePart)) {
        return this;
      }
      throw new AssertionError(
          "the query must fail with a message that contains [%s], was [%s]"
              .formatted(messagePart, e.getMessage()),
          e);
    }
    throw new AssertionError("the query must fail, was stopped");
  }

  /**
   * Moves the clock and lets the query do what has become due.
   *
   * @param duration how far, not negative
   * @return this harness
   */
  public StreamingQueryHarness<T, U> advance(Duration duration) {
    clock.advance(duration);
    return drain();
  }

  /**
   * Lets the query do everything there is to do, epochs without data included.
   *
   * @return this harness
   */
  public StreamingQueryHarness<T, U> drain() {
    Waiting.until("the query has nothing left to do", running::processAllAvailable);
    sums.take(running.recentProgress());
    return this;
  }

  /**
   * Stops the query and starts it anew, on the same clock, source, sink and journal, then lets it
   * finish what it finds.
   *
   * @return this harness
   */
  public StreamingQueryHarness<T, U> restart() {
    stop();
    running = query.apply(clock).start();
    return drain();
  }

  /**
   * Expects rows since the last expectation of rows, in any order.
   *
   * @param expected all of them
   * @return this harness
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final StreamingQueryHarness<T, U> expectRows(U... expected) {
    List<U> all = rows.get();
    List<U> found = List.copyOf(all.subList(Math.min(rowsSeen, all.size()), all.size()));
    rowsSeen = all.size();
    List<U> wanted = List.copyOf(Arrays.asList(expected));
    List<U> missing = without(wanted, found);
    List<U> unexpected = without(found, wanted);
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new AssertionError(
          "rows must be %s in any order, were %s; missing %s, unexpected %s"
              .formatted(wanted, found, missing, unexpected));
    }
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
   * Expects how many groups hold state or a timeout.
   *
   * @param groups how many
   * @return this harness
   */
  public StreamingQueryHarness<T, U> expectGroups(long groups) {
    ProgressSums.require("groups", groups, sums.groups());
    return this;
  }

  /**
   * Expects what the epochs since the last such expectation did to groups.
   *
   * @param updated how often a group was written
   * @param removed how often a group was removed
   * @return this harness
   */
  public StreamingQueryHarness<T, U> expectChanges(long updated, long removed) {
    ProgressSums.require("updated groups", updated, sums.updated());
    ProgressSums.require("removed groups", removed, sums.removed());
    sums.forgetChanges();
    return this;
  }

  /**
   * Expects late events since the last such expectation.
   *
   * @param events how many
   * @return this harness
   */
  public StreamingQueryHarness<T, U> expectLate(long events) {
    ProgressSums.require("late events", events, sums.late());
    sums.forgetLate();
    return this;
  }

  /**
   * Returns the running query, for what the harness has no verb for.
   *
   * @return another one after each {@link #restart}
   */
  public StreamingQuery query() {
    return running;
  }

  /**
   * Returns the query's clock.
   *
   * @return one clock over all restarts
   */
  public ManualClock clock() {
    return clock;
  }

  /** Stops the query. */
  @Override
  public void close() {
    stop();
  }

  private void stop() {
    Waiting.until("the query has stopped", running::stop);
    sums.take(running.recentProgress());
  }

  private static <R> List<R> without(List<R> some, List<R> others) {
    List<R> left = new ArrayList<>(some);
    others.forEach(left::remove);
    return left;
  }
}
