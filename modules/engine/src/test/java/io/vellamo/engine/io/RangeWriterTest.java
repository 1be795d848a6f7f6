package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.epoch.QueryLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A sink that is written in two ranges of four shards. */
final class RangeWriterTest {
  private static final int SHARDS = 4;

  private final RangeListSink sink = new RangeListSink();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void eachRange_getsTheRowsOfItsShards() throws Exception {
    OpenSinks sinks = open();
    SortedMap<Integer, List<Object>> rows =
        new TreeMap<>(Map.of(0, List.of("a"), 1, List.of("b", "c"), 3, List.of("d")));

    List<Long> written = new ArrayList<>();
    for (RangeWriter range : sinks.ranges()) {
      written.add(range.write(1, rows));
    }

    assertThat(written).containsExactly(3L, 1L);
    assertThat(sink.rows)
        .containsExactly("query/1/0/0 a", "query/1/1/0 b", "query/1/1/1 c", "query/1/3/0 d");
    assertThat(sink.calls)
        .containsExactly("open 0 after 0", "open 2 after 0", "write 0 1", "write 2 1");
  }

  /** A number of rows adds up; a time is that of the slowest. */
  @Test
  void metrics_areThoseOfAllRanges() throws Exception {
    OpenSinks sinks = open();
    assertThat(sinks.metrics()).isEmpty();

    for (RangeWriter range : sinks.ranges()) {
      range.write(1, new TreeMap<>(Map.of(0, List.of("a"), 3, List.of("b"))));
    }

    assertThat(sinks.metrics()).isEqualTo(Map.of("rowsWritten", 3L, "slowestMillis", 12L));
  }

  @Test
  void commit_isMade_onlyIfTheStoreHoldsTheRows() throws Exception {
    RangeWriter second = open().ranges().get(1);

    assertThat(second.commit(1)).isTrue();
    sink.holds = false;
    assertThat(second.commit(2)).isFalse();

    assertThat(sink.calls).endsWith("commit 2 1");
  }

  @Test
  void rangeThatCannotBeOpened_closesThoseBeforeIt() {
    sink.closedFrom = 2;

    assertThatIllegalStateException().isThrownBy(this::open).withMessage("can't be opened");

    assertThat(sink.calls).containsExactly("open 0 after 0", "open 2 after 0", "close 0");
  }

  @Test
  void close_closesOnce_andRefusesLaterCalls() throws Exception {
    OpenSinks sinks = open();
    RangeWriter first = sinks.ranges().get(0);

    sinks.close();
    first.close();

    assertThat(sink.calls).hasSize(4).endsWith("close 0", "close 2");
    assertThatIllegalStateException()
        .isThrownBy(() -> first.write(1, new TreeMap<>()))
        .withMessage("The sink was used after its query had ended");
    assertThatIllegalStateException().isThrownBy(() -> first.commit(1));
  }

  @Test
  void rangesThatAreWrittenElsewhere_areNotOpenedHere() throws Exception {
    assertThat(open(false).ranges()).isEmpty();
    assertThat(sink.calls).isEmpty();
  }

  private OpenSinks open() throws Exception {
    return open(true);
  }

  private OpenSinks open(boolean opensRanges) throws Exception {
    return OpenSinks.open(
        TestQueries.prepare(
            TestQueries.plan(
                "query",
                TestQueries.then(
                    TestQueries.upstream(ListSource.of("source")),
                    TestQueries.groups("first", GroupStateTimeout.NONE)),
                sink,
                Trigger.asap())),
        QueryLedger.created(new UUID(0, 0), SHARDS),
        2,
        opensRanges,
        10,
        warnings::add);
  }
}
