package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Simulations of a user's query. */
class SimulatedQueryTest {
  private static final List<String> CLICKS =
      IntStream.range(0, 60).mapToObj(i -> "user" + i % 5).toList();

  @Test
  void sink_idempotent_eachRowOnce() {
    AtomicInteger checked = new AtomicInteger();
    SimulatedQuery.of(
            world -> {
              SimulatedSink<String> sink = world.sink(SinkGuarantee.IDEMPOTENT);
              world.afterwards(
                  () -> {
                    checked.incrementAndGet();
                    assertThat(sink.rows()).hasSize(CLICKS.size()).contains("user0 12", "user4 12");
                  });
              return world
                  .query("visits")
                  .from(world.source(CLICKS))
                  .groupByKey(click -> click)
                  .flatMapGroupsWithState(
                      OutputMode.APPEND,
                      GroupStateTimeout.NONE,
                      Integer.class,
                      SimulatedQueryTest::count)
                  .to(sink)
                  .maxEventsPerEpoch(7);
            })
        .seeds(1, 50)
        .verify();
    assertThat(checked).hasValue(50);
  }

  @Test
  void sink_parallel_writtenInRanges() {
    Set<String> opened = new TreeSet<>();
    simulateRanges(true, opened);
    assertThat(opened).contains("0-0", "1-2").doesNotContain("all");
  }

  @Test
  void sink_parallelThatAppendsAgain_found() {
    assertThatThrownBy(() -> simulateRanges(false, new TreeSet<>()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the rows at the sink [Ranges] must be those of all epochs")
        .hasMessageContaining("times too many");
  }

  @Test
  void sink_appendsAgain_found() {
    assertThatThrownBy(() -> simulate(SimulatedQueryTest::count))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s)Seed \\[\\d+] failed; repeat it with seeds\\(\\d+, 1\\).*")
        .hasMessageContaining("the steps of its smallest simulation that fails: at most")
        .hasMessageContaining("run 1 starts")
        .hasMessageContaining("the rows at the sink [Table] must be those of all epochs, each once")
        .hasMessageContaining("times too many");
  }

  @Test
  void stage_keepsSomething_found() {
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(
            () ->
                SimulatedQuery.of(
                        world ->
                            world
                                .query("numbered")
                                .from(world.source(CLICKS))
                                .map(click -> "%s %d".formatted(click, calls.incrementAndGet()))
                                .to(world.sink(SinkGuarantee.IDEMPOTENT)))
                    .seeds(1, 200)
                    .verify())
        .hasMessageContaining("must have the same rows whenever it runs");
  }

  @Test
  void seeds_none_refused() {
    SimulatedQuery query =
        SimulatedQuery.of(
            world -> {
              throw new AssertionError("never called");
            });
    assertThatThrownBy(() -> query.seeds(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("seeds must be positive, was [0]");
  }

  private static void simulateRanges(boolean isIdempotent, Set<String> opened) {
    SimulatedQuery.of(
            world -> {
              Ranges ranges = new Ranges(isIdempotent, opened);
              world.rowsAtSink(ranges::rows);
              return world
                  .query("visits")
                  .from(world.source(CLICKS))
                  .groupByKey(click -> click)
                  .flatMapGroupsWithState(
                      OutputMode.APPEND,
                      GroupStateTimeout.NONE,
                      Integer.class,
                      SimulatedQueryTest::count)
                  .to(ranges)
                  .maxEventsPerEpoch(7);
            })
        .seeds(1, 100)
        .verify();
  }

  private static void simulate(
      FlatMapGroupsWithStateFunction<String, String, Integer, String> function) {
    SimulatedQuery.of(
            world -> {
              Table table = new Table();
              world.rowsAtSink(() -> table.rows);
              return world
                  .query("visits")
                  .from(world.source(CLICKS))
                  .groupByKey(click -> click)
                  .flatMapGroupsWithState(
                      OutputMode.APPEND, GroupStateTimeout.NONE, Integer.class, function)
                  .to(table)
                  .maxEventsPerEpoch(7);
            })
        .seeds(1, 200)
        .verify();
  }

  private static Iterator<String> count(
      String user, Iterator<String> clicks, GroupState<Integer> state) {
    List<String> rows = new ArrayList<>();
    int count = state.optional().orElse(0);
    while (clicks.hasNext()) {
      clicks.next();
      count++;
      rows.add(user + " " + count);
    }
    state.update(count);
    return rows.iterator();
  }

  /** A sink that is written in ranges, and says that it is idempotent. */
  private record Ranges(boolean isIdempotent, Set<String> opened, Map<String, String> table)
      implements ParallelSink<String> {
    Ranges(boolean isIdempotent, Set<String> opened) {
      this(isIdempotent, opened, new TreeMap<>());
    }

    Collection<String> rows() {
      return table.values();
    }

    @Override
    public String description() {
      return "Ranges";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.IDEMPOTENT;
    }

    @Override
    public ShardWriter<String> open(SinkContext context, ShardRange shards, long owner) {
      opened.add(shards.toString());
      return new ShardWriter<>() {
        @Override
        public void write(EpochRows<? extends String> rows) {
          for (int i = 0; i < rows.size(); i++) {
            String id = isIdempotent ? "" : table.size() + " ";
            table.put(id + rows.id(i), rows.row(i));
          }
        }

        @Override
        public void commit(long epoch) {}

        @Override
        public void close() {}
      };
    }
  }

  /** A sink that says it is idempotent and is not. */
  private static final class Table implements RowSink<String> {
    private final List<String> rows = new ArrayList<>();

    @Override
    public String description() {
      return "Table";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.IDEMPOTENT;
    }

    @Override
    public SinkWriter<String> open(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends String> epoch) {
          for (int i = 0; i < epoch.size(); i++) {
            rows.add(epoch.row(i));
          }
        }

        @Override
        public void close() {}
      };
    }
  }
}
