package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A driver of a query on an actor system, step by step; the verbs are those of the testkit's {@code
 * StreamingQueryHarness}, which needs no actor system. Each waits until the query is idle.
 *
 * @param <T> the events
 * @param <U> the rows
 */
final class QuerySteps<T, U> implements AutoCloseable {
  private static final long LONGEST_SECONDS = 30;

  private final Consumer<List<T>> feed;
  private final Supplier<List<U>> rows;
  private final Function<ManualClock, QueryBuilder> query;
  private final ManualClock clock = ManualClock.at(Instant.EPOCH);
  private int rowsSeen;
  private long lastEpoch;
  private long groups;
  private long updated;
  private long removed;
  private long late;
  // Set by the first resume.
  private @Nullable StreamingQuery running;

  private QuerySteps(
      Consumer<List<T>> feed, Supplier<List<U>> rows, Function<ManualClock, QueryBuilder> query) {
    this.feed = feed;
    this.rows = rows;
    this.query = query;
    this.rowsSeen = rows.get().size();
  }

  /**
   * Starts a query.
   *
   * @param feed adds events to its source
   * @param rows returns all rows at its sink
   * @param query builds it; called at every start
   */
  static <T, U> QuerySteps<T, U> start(
      Consumer<List<T>> feed, Supplier<List<U>> rows, Function<ManualClock, QueryBuilder> query) {
    return new QuerySteps<>(feed, rows, query).resume();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  final QuerySteps<T, U> add(T... events) {
    feed.accept(List.copyOf(Arrays.asList(events)));
    return drain();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  final QuerySteps<T, U> addFailing(String messagePart, T... events) {
    assertThatThrownBy(() -> add(events)).hasStackTraceContaining(messagePart);
    return stop();
  }

  QuerySteps<T, U> advance(Duration duration) {
    clock.advance(duration);
    return drain();
  }

  QuerySteps<T, U> drain() {
    if (query().isActive() || query().exception().isPresent()) {
      try {
        query()
            .whenIdle()
            .toCompletableFuture()
            .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
            .join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
      count(query().recentProgress());
    }
    return this;
  }

  private void count(List<StreamingQueryProgress> reports) {
    for (StreamingQueryProgress report : reports) {
      if (report.epoch() > lastEpoch) {
        lastEpoch = report.epoch();
        groups = report.state().groups();
        updated += report.state().updated();
        removed += report.state().removed();
        late += report.events().late();
      }
    }
  }

  QuerySteps<T, U> stop() {
    try {
      query().stop(Duration.ofSeconds(LONGEST_SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    count(query().recentProgress());
    return this;
  }

  QuerySteps<T, U> resume() {
    running = query.apply(clock).start();
    return drain();
  }

  QuerySteps<T, U> restart() {
    return stop().resume();
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  final QuerySteps<T, U> expectRows(U... expected) {
    List<U> all = rows.get();
    List<U> found = new ArrayList<>(all.subList(rowsSeen, all.size()));
    rowsSeen = all.size();
    assertThat(found).containsExactlyInAnyOrder(expected);
    return this;
  }

  QuerySteps<T, U> expectNoRows() {
    return expectRows();
  }

  QuerySteps<T, U> expectGroups(long expected) {
    assertThat(groups).as("groups").isEqualTo(expected);
    return this;
  }

  QuerySteps<T, U> expectChanges(long expectedUpdated, long expectedRemoved) {
    assertThat(List.of(updated, removed))
        .as("updated and removed groups")
        .containsExactly(expectedUpdated, expectedRemoved);
    updated = 0;
    removed = 0;
    return this;
  }

  QuerySteps<T, U> expectLate(long expected) {
    assertThat(late).as("late events").isEqualTo(expected);
    late = 0;
    return this;
  }

  StreamingQuery query() {
    return Objects.requireNonNull(running, "running");
  }

  ManualClock clock() {
    return clock;
  }

  @Override
  public void close() {
    stop();
  }
}
