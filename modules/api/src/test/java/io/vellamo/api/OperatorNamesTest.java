package io.vellamo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class OperatorNamesTest {
  private static final RowSink<String> SINK = new Nowhere();

  private final QueryStarter runtime = OperatorNamesTest::noRuntime;
  private final EventStream<String> words = QueryStart.of("orders", runtime).from(new Nothing());

  @Test
  void singleOperator_withoutAName_isNamedByItsMethod() {
    QueryPlan plan = grouped(words).to(SINK).plan();

    assertThat(plan.upstream().operators())
        .extracting(StatefulOperator::name)
        .containsExactly("flatMapGroupsWithState");
  }

  @Test
  void severalOperators_withDifferentNames_keepThem() {
    QueryPlan plan = grouped(grouped(words).named("first")).named("flatMap.2").to(SINK).plan();

    assertThat(plan.upstream().operators())
        .extracting(StatefulOperator::name)
        .containsExactly("first", "flatMap.2");
  }

  @Test
  void severalOperators_oneWithoutAName_areRefused() {
    EventStream<String> rows = grouped(words.dropDuplicates(word -> word)).named("groups");

    assertThatIllegalStateException()
        .isThrownBy(() -> rows.to(SINK))
        .withMessage(
            "Query [orders] has [2] stateful operators, so each must have a name by which the"
                + " journal knows it; [dropDuplicates] has none, call named(\"...\") directly after"
                + " it");
  }

  @Test
  void severalOperators_oneWithoutANameInAUnion_areRefused() {
    EventStream<String> rows = words.union(grouped(words)).dropDuplicates(word -> word);

    assertThatIllegalStateException()
        .isThrownBy(() -> rows.named("once").to(SINK))
        .withMessageContaining("[flatMapGroupsWithState] has none");
  }

  @Test
  void operators_ofTheSameName_areRefused() {
    EventStream<String> rows = grouped(grouped(words).named("a")).named("a");

    assertThatIllegalStateException()
        .isThrownBy(() -> rows.to(SINK))
        .withMessage(
            "The stateful operators of query [orders] must have different names, two are named"
                + " [a]");
  }

  @Test
  void name_ofAnotherForm_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grouped(words).named("a/b"))
        .withMessageContaining("name must be 1 to 100 letters, digits or . _ -");
    assertThatIllegalArgumentException().isThrownBy(() -> grouped(words).named(""));
  }

  @Test
  void name_notDirectlyAfterAnOperator_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> grouped(words).map(row -> row).named("groups"))
        .withMessage(
            "named(\"groups\") of query [orders] must directly follow a stateful operator such as"
                + " flatMapGroupsWithState or dropDuplicates");
    assertThatIllegalStateException().isThrownBy(() -> words.named("words"));
  }

  @Test
  void operator_namedTwice_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> grouped(words).named("a").named("b"))
        .withMessage(
            "An operator of query [orders] must be named once, has the name [a] and was to be"
                + " named [b]");
    assertThatIllegalStateException()
        .isThrownBy(() -> words.dropDuplicates(word -> word).named("a").named("a"));
  }

  private static EventStream<String> grouped(EventStream<String> words) {
    return words
        .groupByKey(word -> word)
        .<Integer, String>flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.NONE,
            Integer.class,
            (key, events, state) -> Collections.emptyIterator());
  }

  private static StreamingQuery noRuntime(QueryPlan plan) {
    throw new IllegalStateException("no runtime for " + plan.name());
  }

  private static final class Nothing implements EventSource<String> {
    @Override
    public SourceReader<String> open(SourceContext context) {
      throw new IllegalStateException("never opened");
    }

    @Override
    public String description() {
      return "nothing";
    }
  }

  private static final class Nowhere implements RowSink<String> {
    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.AT_LEAST_ONCE;
    }

    @Override
    public String description() {
      return "nowhere";
    }

    @Override
    public SinkWriter<String> open(SinkContext context) {
      throw new IllegalStateException("never opened");
    }
  }
}
