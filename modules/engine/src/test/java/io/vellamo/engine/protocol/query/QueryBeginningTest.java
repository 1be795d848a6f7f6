package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.journal.DefinitionRecord.LayoutsAdded;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.Route;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class QueryBeginningTest {
  @Test
  void layouts_areJournaledOncePerQuery() {
    List<QueryRecord> first = records(QueryState.EMPTY, "{a:int}", "{b:int}");
    QueryState afterFirst = QueryState.EMPTY.after(first);
    List<QueryRecord> second = records(afterFirst, "{b:int}", "{c:int}");
    QueryState afterSecond = QueryState.from(afterFirst.after(second).toSnapshot());
    List<QueryRecord> third = records(afterSecond, "{c:int}", "{a:int}");

    assertThat(first)
        .hasExactlyElementsOfTypes(QueryCreated.class, LayoutsAdded.class, QueryResumed.class)
        .contains(new LayoutsAdded(List.of("{a:int}", "{b:int}")));
    assertThat(second)
        .hasExactlyElementsOfTypes(LayoutsAdded.class, QueryResumed.class)
        .contains(new LayoutsAdded(List.of("{c:int}")));
    assertThat(third).hasExactlyElementsOfTypes(QueryResumed.class);
    assertThat(afterSecond.after(third).layouts()).containsExactly("{a:int}", "{b:int}", "{c:int}");
  }

  private static List<QueryRecord> records(QueryState recovered, String... layouts) {
    QuerySetup setup =
        new QuerySetup(
            "q",
            new UUID(0, 1),
            new UUID(0, 2),
            new CompiledQuery(List.of(new Route(List.of(), 0, Route.SINK)), List.of(), false),
            Trigger.asap(),
            WatermarkPolicy.MIN,
            4,
            "",
            List.of(layouts),
            List.of("source"),
            "sink",
            List.of(),
            null,
            0,
            EpochSize.fixed(10, 1),
            EpochInterval.none(),
            ShardRestarts.NONE,
            RetryPolicy.none(),
            HotKeyOptions.NONE);
    return new QueryBeginning(setup, recovered).records();
  }
}
