package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.RECORD_INPUTS;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.Vellamo;
import io.vellamo.actors.replay.Visits.Click;
import io.vellamo.api.TypeRef;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.group.StateType;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.replay.KeyDifference;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayReport;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query whose keys, states and rows have type arguments, over restarts and in replay. */
final class TypeArgumentsTest {
  record Pair<A, B>(A first, B second) {}

  record Room(String user, int floor) {}

  private static final TypeRef<Pair<Room, List<Long>>> KEY = new TypeRef<>() {};
  private static final StateType<Pair<Long, Map<String, Long>>> STATE =
      StateType.of(new TypeRef<>() {});

  /** Counts the clicks of a user, in steps. */
  record Counting(long step)
      implements FlatMapGroupsWithStateFunction<
          Pair<Room, List<Long>>, Click, Pair<Long, Map<String, Long>>, KeyValue<String, Long>> {
    @Override
    public Iterator<KeyValue<String, Long>> call(
        Pair<Room, List<Long>> key,
        Iterator<Click> clicks,
        GroupState<Pair<Long, Map<String, Long>>> state) {
      long count = state.optional().map(Pair::first).orElse(0L);
      Map<String, Long> last = new TreeMap<>(state.optional().map(Pair::second).orElse(Map.of()));
      while (clicks.hasNext()) {
        count += step;
        last.put("last", clicks.next().second());
      }
      state.update(new Pair<>(count, last));
      return List.of(new KeyValue<>(key.first().user(), count)).iterator();
    }
  }

  private final MemorySink<KeyValue<String, Long>> rows = MemorySink.create();

  @TempDir private Path directory;

  @Test
  void keysStatesAndRows_areReadAgain_andReplayedTheSame() throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    for (long time = 1; time <= 3; time++) {
      try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN + KEEP_HISTORY + RECORD_INPUTS)) {
        StreamingQuery query = start(runs, run);
        runs.epoch(query, click("ann", 2 * time), click("bob", 1));
        runs.epoch(query, click("ann", 2 * time));
        query.stop();
      }
    }

    try (VisitRuns.Run run = runs.start("")) {
      ReplayReport same = get(run.replay().replay(NAME, replacement(1)));
      ReplayReport other = get(run.replay().replay(NAME, replacement(2)));

      assertThat(rows.rows())
          .contains(new KeyValue<>("ann", 6L), new KeyValue<>("bob", 3L))
          .hasSize(9);
      assertThat(get(run.replay().verify(NAME)).findings()).isEmpty();
      assertThat(same.differences()).isEmpty();
      assertThat(same.replayedRows()).isEqualTo(9);
      assertThat(other.differentGroups()).isEqualTo(2);
      KeyDifference first = other.differences().get(0);
      assertThat(first.key().toString())
          .matches("\\{\"first\":\\{\"floor\":2,\"user\":\"(ann|bob)\"},\"second\":\\[1]}");
      assertThat(first.recorded().rows().toString())
          .matches("\\[\\{\"key\":\"(ann|bob)\",\"value\":1}]");
      assertThat(String.valueOf(first.recorded().state()))
          .matches("\\{\"first\":1,\"second\":\\{\"last\":\\d}}");
    }
  }

  private StreamingQuery start(VisitRuns runs, VisitRuns.Run run) {
    return Vellamo.get(run.system())
        .query(NAME)
        .from(runs.clicks)
        .groupByKey(click -> new Pair<>(new Room(click.user(), 2), List.of(1L)), KEY)
        .flatMapGroupsWithState(OutputMode.APPEND, GroupStateTimeout.NONE, STATE, new Counting(1))
        .to(rows)
        .clock(runs.clock)
        .start();
  }

  private static Replacement<?, ?, ?, ?> replacement(long step) {
    return Replacement.flatMapGroupsWithState(GroupStateTimeout.NONE, STATE, new Counting(step))
        .withKeyClass(KEY);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
