package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.protocol.EpochOutput.InPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The result of a query, whose stages drop the row "none" and make two of the row "two". */
final class WholeResultTest {
  private final WholeResult result = result(4);

  private static WholeResult result(int maxGroups) {
    AggregationCode code =
        new AggregationCode(Optional.empty(), List.of(), (key, window, buffers) -> "row");
    Stage aggregation =
        new Stage.Group(
            event -> event,
            Optional.empty(),
            code.operator(code.operator(false), OutputMode.COMPLETE),
            code);
    Stage stage =
        new Stage.FlatMap(
            row ->
                row.equals("none")
                    ? List.of()
                    : row.equals("two") ? List.of("one", "other") : List.of(row));
    return new WholeResult(
        TestQueries.prepare(
            TestQueries.plan(
                "query",
                TestQueries.then(TestQueries.upstream(ListSource.of("source")), aggregation, stage),
                new ListSink("rows"),
                Trigger.asap())),
        maxGroups);
  }

  @Test
  void rows_areInTheOrderOfShardsGroupsAndPlaces_howeverTheyCame() {
    apply(Map.of(2, List.of(row("b", 5, "b5"), row("a", 7, "a7"), row("a", -1, "a-1"))));

    assertThat(apply(Map.of(1, List.of(row("z", 0, "z0")))))
        .containsExactly("query/9/1/0 z0", "query/9/2/0 a-1", "query/9/2/1 a7", "query/9/2/2 b5");
  }

  @Test
  void changes_replaceAndRemoveRows() {
    apply(Map.of(0, List.of(row("a", 0, "a"), row("b", 0, "b"), row("c", 0, "c"))));

    assertThat(apply(Map.of(0, List.of(row("b", 0, null), row("c", 0, "c2"), row("d", 0, null)))))
        .containsExactly("query/9/0/0 a", "query/9/0/1 c2");
  }

  @Test
  void stages_makeNoRowOrSeveral_andLaterOthers() {
    assertThat(apply(Map.of(0, List.of(row("a", 0, "two"), row("b", 0, "none")))))
        .containsExactly("query/9/0/0 one", "query/9/0/1 other");
    assertThat(apply(Map.of(0, List.of(row("a", 0, "none"), row("b", 0, "b")))))
        .containsExactly("query/9/0/0 b");
  }

  @Test
  void epochWithoutChanges_isNotWritten() {
    apply(Map.of(0, List.of(row("a", 0, "a"))));

    assertThat(result.of(results(Map.of(0, List.of()), Map.of()))).isNull();
    assertThat(result.of(results(Map.of(), Map.of()))).isNull();
  }

  @Test
  void pages_replaceThePartOfTheirShard_evenWithoutChanges() {
    apply(Map.of(0, List.of(row("a", 0, "a")), 1, List.of(row("b", 0, "b"))));

    take(1, 0, 0, row("c", 0, "c"));
    take(1, 0, 1, row("d", 0, "d"));
    assertThat(result.of(inPages(0, 2, 0))).isNull();

    assertThat(apply(Map.of(1, List.of(row("b", 0, "b2")))))
        .containsExactly("query/9/0/0 c", "query/9/0/1 d", "query/9/1/0 b2");
  }

  @Test
  void changesOfAShardInPages_areThoseThatItCounts() {
    take(1, 0, 0, row("a", 0, "a"), row("b", 0, "b"));

    assertThat(texts(result.of(inPages(0, 1, 1))))
        .containsExactly("query/9/0/0 a", "query/9/0/1 b");
  }

  @Test
  void shardWithoutPages_hasNoPartAnyMore() {
    apply(Map.of(0, List.of(row("a", 0, "a")), 1, List.of(row("b", 0, "b"))));

    assertThat(texts(result.of(inPages(0, 0, 1)))).containsExactly("query/9/1/0 b");
  }

  @Test
  void pagesOfALaterAttempt_replaceThoseOfAnEarlierOne() {
    take(1, 0, 0, row("a", 0, "a"));
    take(1, 0, 1, row("b", 0, "b"));
    take(1, 1, 0, row("x", 0, "x"));

    take(2, 1, 0, row("y", 0, "y"));
    take(2, 0, 0, row("a", 0, "a2"));

    assertThat(texts(result.of(inPages(Map.of(0, 1, 1, 1)))))
        .containsExactly("query/9/0/0 a2", "query/9/1/0 y");
  }

  @Test
  void pageOfAnAttemptThatWasGivenUp_isIgnored() {
    take(1, 0, 0, row("a", 0, "a"));
    take(2, 1, 0, row("x", 0, "x"));

    take(1, 0, 1, row("b", 0, "b"));
    take(2, 0, 0, row("a", 0, "a2"));
    take(1, 1, 0, row("y", 0, "y"));

    assertThat(texts(result.of(inPages(Map.of(0, 1, 1, 1)))))
        .containsExactly("query/9/0/0 a2", "query/9/1/0 x");
  }

  @Test
  void pageThatIsMissing_isFound() {
    take(1, 0, 0, row("a", 0, "a"));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> result.of(inPages(0, 2, 1)))
        .withMessage("shard [0] must have [2] pages, has [1]");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> take(1, 0, 2))
        .withMessage("shard [0] must have [2] pages, has [1]");
  }

  @Test
  void moreGroupsThanAllowed_failTheEpoch_countedAfterTheStages() {
    apply(Map.of(0, some(0, 4)));
    apply(Map.of(1, List.of(row("x", 0, "none"))));
    apply(Map.of(0, List.of(row("g3", 0, null))));
    apply(Map.of(1, List.of(row("x", 0, "two"))));

    assertThatExceptionOfType(ResultTooLarge.class)
        .isThrownBy(() -> apply(Map.of(1, List.of(row("y", 0, "y")))))
        .withMessage(
            "The result of query [query] in mode [COMPLETE] must have at most [4] groups, as it is held in memory, has more; raise vellamo.query.max-complete-groups, use outputMode(UPDATE) or group by fewer keys");
  }

  @Test
  void pages_doNotCountWhatTheyReplace() {
    apply(Map.of(0, some(0, 4)));

    take(1, 0, 0, some(4, 6).toArray());
    take(1, 0, 1, some(6, 8).toArray());

    assertThat(texts(result.of(inPages(0, 2, 4)))).hasSize(4);
  }

  @Test
  void moreGroupsThanAllowed_failTheirPage() {
    take(1, 0, 0, some(0, 4).toArray());

    assertThatExceptionOfType(ResultTooLarge.class)
        .isThrownBy(() -> take(1, 0, 1, row("y", 0, "y")));
  }

  private void take(long attempt, int shard, int number, Object... rows) {
    result.take(new ResultPage(attempt, shard, number, List.of(rows)));
  }

  private static EpochResults inPages(int shard, int pages, long changes) {
    return results(Map.of(shard, List.of()), Map.of(shard, new InPages(pages, changes)));
  }

  /** Returns the results of shards that have changed, by the number of their pages. */
  private static EpochResults inPages(Map<Integer, Integer> pages) {
    Map<Integer, InPages> all = new TreeMap<>();
    pages.forEach((shard, number) -> all.put(shard, new InPages(number, 1)));
    return results(Map.of(), all);
  }

  private static List<Object> some(int from, int until) {
    return Stream.iterate(from, i -> i < until, i -> i + 1)
        .<Object>map(i -> row("g" + i, 0, "row" + i))
        .toList();
  }

  private List<String> apply(Map<Integer, List<Object>> changes) {
    return texts(result.of(results(changes, Map.of())));
  }

  private static List<String> texts(@Nullable RowsOfEpoch written) {
    RowsOfEpoch rows = Objects.requireNonNull(written, "written");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      texts.add(rows.id(i) + " " + rows.row(i));
    }
    return texts;
  }

  private static EpochResults results(
      Map<Integer, List<Object>> changes, Map<Integer, InPages> inPages) {
    return new EpochResults(
        9,
        new TreeMap<>(changes),
        new TreeMap<>(inPages),
        List.of(),
        new TreeMap<>(),
        List.of(),
        List.of());
  }

  private static Object row(String group, long place, @Nullable Object row) {
    return new ResultRow(new ResultRow.Place(TestCodecs.key(group), place), row, 0);
  }
}
