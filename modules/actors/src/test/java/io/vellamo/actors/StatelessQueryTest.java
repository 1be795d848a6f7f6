package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries without a stateful operator, and what becomes of entries that are no events. */
final class StatelessQueryTest {
  /** One line of a file. */
  record Line(int number) {}

  private final TestSystem system = TestSystem.start();
  private final MemorySink<String> rows = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void mapFilterFlatMap_emitInSourceOrder() throws Exception {
    MemorySource<Integer> numbers = MemorySource.create();
    numbers.add(1, 2, 3, 4);

    StreamingQuery query =
        system
            .vellamo()
            .query("stateless")
            .from(numbers)
            .filter(number -> number != 3)
            .flatMap(number -> List.of(number, number * 10))
            .map(number -> "n" + number)
            .to(rows)
            .trigger(Trigger.availableNow())
            .start();
    query.awaitTermination();

    assertThat(rows.rows()).containsExactly("n1", "n10", "n2", "n20", "n4", "n40");
    assertThat(query.lastProgress().orElseThrow().total()).isEqualTo(new EventCounts(7, 0, 0));
  }

  @Test
  void brokenLine_goesToTheDeadLetters_andTheQueryGoesOn(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("lines.jsonl");
    Files.writeString(file, "{\"number\":1}\nno json\n{\"number\":2}\n");
    MemorySink<DeadLetter> deadLetters = MemorySink.create();

    StreamingQuery query =
        system
            .vellamo()
            .query("dead-letters")
            .from(JsonLines.source(file, Line.class))
            .map(line -> "n" + line.number())
            .to(rows)
            .deadLettersTo(deadLetters)
            .trigger(Trigger.availableNow())
            .start();
    query.awaitTermination();

    assertThat(rows.rows()).containsExactly("n1", "n2");
    DeadLetter letter = deadLetters.rows().get(0);
    assertThat(letter.position()).contains(new DeadLetter.Position("lines.jsonl", 13));
    assertThat(letter.epoch()).isEqualTo(1);
    assertThat(letter.reason()).doesNotContain("no json");
    assertThat(letter.entry()).contains("no json");
    assertThat(query.lastProgress().orElseThrow().total()).isEqualTo(new EventCounts(2, 0, 1));
  }

  @Test
  void missingFile_endsTheQueryWithTheSourcesMessage(@TempDir Path directory) {
    Path missing = directory.resolve("missing.jsonl");

    StreamingQuery query =
        system
            .vellamo()
            .query("missing")
            .from(JsonLines.source(missing, Line.class))
            .map(Line::toString)
            .to(rows)
            .start();

    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("Query [missing] failed: opening source and sinks failed:")
        .hasMessageContaining(missing.toString());
  }

  @Test
  void systemTerminates_queryHasEndedWithoutFailure() throws Exception {
    MemorySource<Integer> numbers = MemorySource.create();
    StreamingQuery query =
        system
            .vellamo()
            .query("terminated")
            .from(numbers)
            .map(number -> "n" + number)
            .to(rows)
            .start();
    numbers.add(1);
    query.processAllAvailable();

    system.close();

    assertThat(query.isActive()).isFalse();
    assertThat(query.exception()).isEmpty();
  }
}
