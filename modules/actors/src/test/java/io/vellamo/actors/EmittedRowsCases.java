package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A row is what it was when it was emitted; the contract of both hostings. */
abstract class EmittedRowsCases {
  /** A row, and a state, that can be changed. */
  static final class Box {
    public int value;
    public List<String> names = new ArrayList<>();

    Box with(int newValue) {
      value = newValue;
      return this;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Box that && value == that.value && names.equals(that.names);
    }

    @Override
    public int hashCode() {
      return value;
    }

    @Override
    public String toString() {
      return value + "" + names;
    }
  }

  /** A row that holds one that can be changed. */
  record Named(String key, Box box) {}

  /** A row that is not written as a whole. */
  record Partly(String key, @JsonIgnore String secret) {
    Partly(String key) {
      this(key, "none");
    }
  }

  private final TestSystem system;
  private final MemorySource<String> words = MemorySource.create();
  private final FlakySink<Object> sink = new FlakySink<>();

  EmittedRowsCases(String hosting) {
    system = TestSystem.start("vellamo.query.hosting = " + hosting);
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void row_changedAndEmittedAgain_isEachTimeWhatItWas() {
    QuerySteps<String, Object> query =
        start(
            (key, events, state) -> {
              Box box = new Box();
              return Stream.of(1, 2, 3).<Object>map(box::with).iterator();
            });

    query.add("a").expectRows(box(1), box(2), box(3)).close();
  }

  @Test
  void row_changedAfterItWasEmitted_isTheSameAfterASinkThatFailed() {
    QuerySteps<String, Object> query =
        start(
            (key, events, state) -> {
              Box box = new Box().with(1);
              box.names.add("first");
              return lazily(new Named(key, box), () -> box.with(2).names.add("second"));
            });
    sink.failing(true);
    query.addFailing("writing to Flaky failed", "a");

    sink.failing(false);
    query.restart().expectRows(new Named("a", box(1, "first")));
    query.add("b").expectRows(new Named("b", box(1, "first"))).close();
  }

  @Test
  void row_thatIsTheState_isNoLongerChangedWithIt() {
    QuerySteps<String, Object> query =
        start(
            (key, events, state) -> {
              Box box = state.optional().orElseGet(Box::new).with(1);
              state.update(box);
              return lazily(box, () -> box.with(7));
            });

    query.add("a").expectRows(box(1)).close();
  }

  @Test
  void row_emittedForATimeout_isWhatItWas() {
    QuerySteps<String, Object> query =
        start(
            (key, events, state) -> {
              if (!state.hasTimedOut()) {
                state.setTimeoutDuration(Duration.ofSeconds(1));
                return Stream.empty().iterator();
              }
              Box box = new Box();
              return Stream.of(1, 2).<Object>map(box::with).iterator();
            });

    query.add("a").expectNoRows().advance(Duration.ofSeconds(2)).expectRows(box(1), box(2)).close();
  }

  @Test
  void row_thatLosesSomethingWhenItIsWritten_isTheSameWithAndWithoutAFailure() {
    QuerySteps<String, Object> query =
        start((key, events, state) -> List.<Object>of(new Partly(key, "secret")).iterator());
    query.add("a");
    List<Object> withoutFailure = List.copyOf(sink.rows());
    sink.failing(true);
    query.addFailing("writing to Flaky failed", "a");
    sink.failing(false);
    query.restart();

    assertThat(sink.rows()).hasSize(2);
    assertThat(sink.rows().get(1)).isEqualTo(withoutFailure.get(0));
    query.close();
  }

  @Test
  void row_thatANextOperatorChanges_isWhatItWasForIt() {
    QuerySteps<String, Object> query =
        QuerySteps.start(
            events -> words.addTo(0, events),
            sink::rows,
            clock ->
                system
                    .vellamo()
                    .query("rows")
                    .from(words)
                    .groupByKey(word -> word)
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Box.class,
                        (key, events, state) -> {
                          Box box = new Box();
                          return Stream.of(1, 2).map(box::with).iterator();
                        })
                    .named("boxes")
                    .groupByKey(box -> "all")
                    .flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        Integer.class,
                        (key, boxes, state) -> {
                          List<Object> values = new ArrayList<>();
                          boxes.forEachRemaining(box -> values.add(box.value));
                          return values.iterator();
                        })
                    .named("values")
                    .to(sink)
                    .clock(clock));

    query.add("a").expectRows(1, 2).close();
  }

  private QuerySteps<String, Object> start(
      FlatMapGroupsWithStateFunction<String, String, Box, Object> function) {
    return QuerySteps.start(
        events -> words.addTo(0, events),
        sink::rows,
        clock -> {
          QueryBuilder query =
              system
                  .vellamo()
                  .query("rows")
                  .from(words)
                  .groupByKey(word -> word)
                  .flatMapGroupsWithState(
                      OutputMode.APPEND, GroupStateTimeout.PROCESSING_TIME, Box.class, function)
                  .to(sink);
          return query.clock(clock);
        });
  }

  /** Returns one row, and does something when the next one is asked for. */
  private static Iterator<Object> lazily(Object row, Runnable then) {
    return Stream.of(0, 1)
        .flatMap(
            place -> {
              if (place == 1) {
                then.run();
              }
              return place == 0 ? Stream.of(row) : Stream.empty();
            })
        .iterator();
  }

  private static Box box(int value, String... names) {
    Box box = new Box().with(value);
    box.names.addAll(List.of(names));
    return box;
  }
}
