package io.vellamo.cluster.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.connectors.console.Console;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.foreach.Foreach;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.connectors.rate.RateSource;
import io.vellamo.webhook.Webhook;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ConnectorChecksTest {
  private static final RowSink<Object> SHARED = Foreach.each(row -> {}).shared();

  @Test
  void sharedSourceAndSink_haveNoLimit() {
    assertThat(limits(start -> start.from(RateSource.perSecond(1)).to(SHARED))).isEmpty();
  }

  @Test
  void localFiles_areNamedWithReasonAndRemedy() {
    assertThat(
            limits(
                start ->
                    start
                        .from(JsonLines.source(Path.of("clicks"), String.class))
                        .to(JsonLines.sink(Path.of("out")))))
        .containsExactly(
            "Source [JsonLines[clicks]] of query [clicks] must be one that every node can use: its files are on the disk of one machine; use a source that every machine reaches, such as a Kafka topic or a database table",
            "Sink [JsonLines[out]] of query [clicks] must be one that every node can use: its files are on the disk of one machine; use a sink that every machine reaches, such as a Kafka topic or a database table");
  }

  @Test
  void sourcesOfOneNode_areNamed() {
    assertSource(MemorySource.create(), "its events are in the memory of one node");
    assertSource(HandoffSource.create(1), "it holds the offered events in the memory of one node");
    assertSource(HandoffSource.durable(), "its inbox belongs to one node");
  }

  @Test
  void sinksOfOneNode_areNamed() {
    assertSink(MemorySink.create(), "its rows are in the memory of one node");
    assertSink(Console.sink(), "its console is that of one node");
    assertSink(
        Foreach.each(row -> {}),
        "it does not declare whether its code has the same effect on every node; declare it shared() if it has");
  }

  @Test
  void sinksOfDeadLettersAndLateEvents_countToo() {
    assertThat(
            limits(
                start ->
                    start
                        .from(RateSource.perSecond(1))
                        .to(SHARED)
                        .deadLettersTo(MemorySink.create())
                        .lateEventsTo(Console.sink())))
        .satisfiesExactly(
            limit ->
                assertThat(limit).startsWith("Sink of dead letters [Memory] of query [clicks]"),
            limit -> assertThat(limit).startsWith("Sink of late events [Console] of query"));
  }

  @Test
  void webhook_isAsSharedAsItsSinkOfRejectedRows() {
    var webhook = Webhook.<Object>sink(URI.create("http://localhost/rows"));

    assertThat(webhook.nodeAccess().isShared()).isTrue();
    assertThat(webhook.deadLettersTo(MemorySink.create()).nodeAccess())
        .isEqualTo(MemorySink.create().nodeAccess());
  }

  @Test
  void sourceThatDeclaresNothing_isNamed() {
    assertSource(
        new EventSource<Object>() {
          @Override
          public String description() {
            return "own";
          }

          @Override
          public SourceReader<Object> open(SourceContext context) {
            throw new UnsupportedOperationException();
          }
        },
        "it does not declare whether every node can use it; override nodeAccess() if every node can");
  }

  private static void assertSource(EventSource<?> source, String reason) {
    assertThat(limits(start -> start.from(source).to(SHARED)))
        .singleElement()
        .asString()
        .startsWith("Source [" + source.description() + "]")
        .contains(reason);
  }

  private static void assertSink(RowSink<Object> sink, String reason) {
    assertThat(limits(start -> start.from(RateSource.perSecond(1)).<Object>map(e -> e).to(sink)))
        .singleElement()
        .asString()
        .startsWith("Sink [" + sink.description() + "]")
        .contains(reason);
  }

  private static List<String> limits(Function<QueryStart, QueryBuilder> definition) {
    return ConnectorChecks.limits(PlannedQuery.plan("clicks", definition));
  }
}
