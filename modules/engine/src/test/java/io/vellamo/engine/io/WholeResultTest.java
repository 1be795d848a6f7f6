package io.vellamo.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.TestCodecs;
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
  void wholeResultOfAShard_replacesItsPart_evenWithoutChanges() {
    apply(Map.of(0, List.of(row("a", 0, "a")), 1, List.of(row("b", 0, "b"))));

    EpochResults unchanged =
        results(Map.of(0, List.of(), 1, List.of()), Map.of(0, List.of(row("c", 0, "c"))));
    assertThat(result.of(unchanged)).isNull();

    assertThat(apply(Map.of(1, List.of(row("b", 0, "b2")))))
        .containsExactly("query/9/0/0 c", "query/9/1/0 b2");
  }

  @Test
  void changes_countOnce_ifTheShardGivesTheWholeResultToo() {
    List<Object> all = List.of(row("a", 0, "a"), row("b", 0, "b"), row("c", 0, "c"));

    assertThat(texts(result.of(results(Map.of(0, all.subList(0, 1)), Map.of(0, all)))))
        .containsExactly("query/9/0/0 a", "query/9/0/1 b", "query/9/0/2 c");
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
  void wholeResultOfAShard_doesNotCountWhatItReplaces() {
    apply(Map.of(0, some(0, 4)));

    assertThat(texts(result.of(results(Map.of(0, some(4, 8)), Map.of(0, some(4, 8)))))).hasSize(4);
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
      Map<Integer, List<Object>> changes, Map<Integer, List<Object>> whole) {
    return new EpochResults(
        9,
        new TreeMap<>(changes),
        new TreeMap<>(whole),
        List.of(),
        new TreeMap<>(),
        List.of(),
        List.of());
  }

  private static Object row(String group, long place, @Nullable Object row) {
    return new ResultRow(new ResultRow.Place(TestCodecs.key(group), place), row);
  }
}
