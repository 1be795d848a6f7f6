package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The settings of a {@link StreamingQueryHarness}: its feeds, its name and its clock's first
 * moment.
 *
 * <pre>{@code
 * StreamingQueryHarness<Object, Match> query =
 *     StreamingQueryHarness.builder(matches::rows, MyQueries::matches)
 *         .feed("orders", Order.class, events -> orders.addTo(0, events))
 *         .feed("payments", Payment.class, events -> payments.addTo(0, events))
 *         .start();
 * query.addTo("orders", new Order("a")).expectNoRows();
 * query.addTo("payments", new Payment("a")).expectRows(new Match("a"));
 * }</pre>
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @param <T> the events of all feeds
 * @param <U> the rows
 * @since 0.1
 */
public final class HarnessBuilder<T, U> {
  private final Supplier<List<U>> rows;
  private final Function<QueryStart, QueryBuilder> query;
  private final List<HarnessFeed<T>> feeds = new ArrayList<>();
  private String name = "under-test";
  private Instant begin = Instant.EPOCH;

  HarnessBuilder(Supplier<List<U>> rows, Function<QueryStart, QueryBuilder> query) {
    this.rows = requireNonNull(rows, "rows");
    this.query = requireNonNull(query, "query");
  }

  /**
   * Adds a feed: a source, or a partition of one. A query whose source generates its events needs
   * none.
   *
   * @param name the name for {@link StreamingQueryHarness#addTo}, unique within the harness
   * @param type the class of its events; events of other classes are rejected when added
   * @param feed adds events to the source, all at once
   * @param <E> the events of this feed
   * @return this builder
   */
  @SuppressWarnings("unchecked") // the feed checks the class of each event
  public <E extends T> HarnessBuilder<T, U> feed(
      String name, Class<E> type, Consumer<List<E>> feed) {
    feeds.add(new HarnessFeed<>(name, type, (Consumer<List<T>>) (Consumer<?>) feed));
    return this;
  }

  /** Adds the only feed. It accepts every event, since the compiler checks the type. */
  HarnessBuilder<T, U> onlyFeed(Consumer<List<T>> feed) {
    @SuppressWarnings("unchecked") // every event of T is an object
    Class<T> any = (Class<T>) Object.class;
    feeds.add(new HarnessFeed<>("events", any, feed));
    return this;
  }

  /**
   * Sets the clock's first moment.
   *
   * @param moment defaults to 1970-01-01T00:00:00Z
   * @return this builder
   */
  public HarnessBuilder<T, U> clockAt(Instant moment) {
    begin = requireNonNull(moment, "moment");
    return this;
  }

  /**
   * Sets the query's name, which is in messages, reports and ids of rows.
   *
   * @param newName defaults to {@code under-test}
   * @return this builder
   */
  public HarnessBuilder<T, U> named(String newName) {
    name = requireNonNull(newName, "newName");
    return this;
  }

  /**
   * Starts the query and lets it run until it is idle.
   *
   * @return a harness of the running query
   * @throws IllegalArgumentException if two feeds have the same name, or the name is not one of a
   *     query
   */
  public StreamingQueryHarness<T, U> start() {
    return new StreamingQueryHarness<>(
            new HarnessFeeds<>(feeds), rows, name, query, ManualClock.at(begin))
        .resume();
  }
}
