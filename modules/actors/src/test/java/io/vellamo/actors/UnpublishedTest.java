package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.persistence.journal.Unpublished;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.persistence.typed.PublishedEvent;
import org.junit.jupiter.api.Test;

/** Records of the journal, which {@link Unpublished} keeps from Pekko's event stream. */
final class UnpublishedTest {
  @Test
  void records_areNotPublished() throws Exception {
    try (TestSystem system = TestSystem.start()) {
      TestProbe<PublishedEvent> probe = system.testKit().createTestProbe(PublishedEvent.class);
      system
          .testKit()
          .system()
          .eventStream()
          .tell(new EventStream.Subscribe<>(PublishedEvent.class, probe.ref()));
      MemorySource<String> words = MemorySource.create();
      MemorySink<Long> rows = MemorySink.create();
      StreamingQuery query =
          system
              .vellamo()
              .query("words")
              .from(words)
              .groupByKey(word -> word)
              .aggregate(Aggregates.count(), (word, count) -> count)
              .outputMode(OutputMode.UPDATE)
              .to(rows)
              .start();

      words.add("a", "b", "a");
      query.processAllAvailable();

      assertThat(rows.rows()).hasSize(2);
      probe.expectNoMessage(Duration.ofMillis(100));
      query.stop();
    }
  }
}
