package io.vellamo.engine.pipeline;

import static io.vellamo.engine.io.TestQueries.groups;
import static io.vellamo.engine.io.TestQueries.plan;
import static io.vellamo.engine.io.TestQueries.prepare;
import static io.vellamo.engine.io.TestQueries.then;
import static io.vellamo.engine.io.TestQueries.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.engine.io.ListSink;
import io.vellamo.engine.io.ListSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryTextTest {
  @Test
  void stagesAndOperators_areNamedFromSourceToSink() {
    Upstream upstream =
        then(
            upstream(ListSource.of("left", "a"), ListSource.of("right", "b")),
            new Stage.Filter(event -> true),
            new Stage.EventTime(
                event -> Instant.EPOCH, WatermarkStrategy.delay(Duration.ofSeconds(1))),
            groups("first", GroupStateTimeout.EVENT_TIME),
            new Stage.FlatMap(List::of),
            groups("second", GroupStateTimeout.NONE));

    assertThat(text(upstream).lines())
        .containsExactly(
            "query [text]: delivers rows at least once, limited by sink [sink], which can be written again",
            "source [left]: can be read again after a crash → filter → WatermarkStrategy[delay PT1S] → [first]",
            "source [right]: can be read again after a crash → filter → WatermarkStrategy[delay PT1S] → [first]",
            "watermark: the earliest of [left], [right]",
            "operator [first]: mode append, timeouts in event time, late events are dropped → flatMap → [second]",
            "operator [second]: mode append → sink",
            "sink [sink]: at least once, with one writer");
  }

  @Test
  void sourceThatIsNotReplayable_isSaidToLoseEvents() {
    Upstream upstream =
        then(new Upstream.Input(HandoffSource.create(1)), new Stage.Map(event -> event));

    assertThat(text(upstream).lines())
        .startsWith(
            "query [text]: delivers rows at most once, limited by source [Handoff[1]], which can't be read again",
            "source [Handoff[1]]: loses events in a crash → map → sink");
  }

  @Test
  void severalSources_thatLimitTheGuarantee_areAllNamed() {
    Upstream upstream =
        new Upstream.Union(
            List.of(
                new Upstream.Input(HandoffSource.create(1)),
                upstream(ListSource.of("left", "a")),
                new Upstream.Input(HandoffSource.create(2))));

    assertThat(text(upstream).lines())
        .startsWith(
            "query [text]: delivers rows at most once, limited by source [Handoff[1]] and [Handoff[2]], which can't be read again");
  }

  @Test
  void watermarksOfRows_andThePolicy_areNamed() {
    Stage.EventTime time =
        new Stage.EventTime(event -> Instant.EPOCH, WatermarkStrategy.delay(Duration.ofSeconds(1)));
    QueryPlan plan =
        plan(
            "text",
            then(
                upstream(ListSource.of("left", "a")),
                time,
                groups("first", GroupStateTimeout.EVENT_TIME)),
            new ListSink("sink"),
            new ListSink("letters"),
            new ListSink("late"),
            Trigger.asap());

    assertThat(prepare(plan).explanation().lines())
        .contains("watermark: follows [left]")
        .endsWith(
            "sink [sink]: at least once, with one writer",
            "sink of dead letters [letters]: at least once",
            "sink of late events [late]: at least once");
  }

  private static String text(Upstream upstream) {
    return prepare(plan("text", upstream, new ListSink("sink"), Trigger.asap())).explanation();
  }
}
