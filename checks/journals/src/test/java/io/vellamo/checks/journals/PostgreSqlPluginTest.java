package io.vellamo.checks.journals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.checks.journals.Diary.AskRecovered;
import io.vellamo.checks.journals.Diary.Write;
import io.vellamo.servers.PostgreSqlExtension;
import io.vellamo.servers.PostgreSqlServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The JDBC plugin on PostgreSQL. */
@ExtendWith(PostgreSqlExtension.class)
final class PostgreSqlPluginTest extends JournalPluginContract {
  private final PostgreSqlServer server;

  PostgreSqlPluginTest(PostgreSqlServer server) {
    super(TestedJournals.on(server));
    this.server = server;
  }

  @Test
  void event_ofFiftyMegabytes_isTakenAndRecovered() {
    try (TestSystem system = TestSystem.start(journal())) {
      system.ask(system.diary("fifty", true), new Write(1, 50 * MEGABYTE));
    }

    try (TestSystem system = TestSystem.start(journal())) {
      assertThat(recovered(system, "fifty", true).events()).isEqualTo(sequence(1, 1));
    }
  }

  @Test
  void writers_moreThanTheBufferTakes_areRefused() {
    try (TestSystem system = TestSystem.start(journal(), "jdbc-journal.bufferSize = 1")) {
      AtomicInteger round = new AtomicInteger();
      // Whether writes meet in the buffer is chance: the server may be faster than the writers.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(writesAtOnce(system, "buffer-" + round.incrementAndGet()))
                      .anySatisfy(
                          write ->
                              assertThatThrownBy(write::join)
                                  .hasMessageContaining("the queue buffer was full (1 elements)")
                                  .hasMessageContaining("jdbc-journal.bufferSize")));
    }
  }

  private static List<CompletableFuture<Object>> writesAtOnce(TestSystem system, String name) {
    List<ActorRef> diaries =
        IntStream.range(0, 12).mapToObj(i -> system.diary(name + "-" + i, true)).toList();
    diaries.forEach(diary -> system.ask(diary, AskRecovered.INSTANCE));
    return diaries.stream().map(diary -> system.tell(diary, new Write(1, MEGABYTE))).toList();
  }

  @Test
  void fewConnections_serveManyActors() {
    String pool =
        """
        pekko-persistence-jdbc.shared-databases.slick.db {
          numThreads = 2, maxConnections = 2, minConnections = 2
        }
        """;
    try (TestSystem system = TestSystem.start(journal(), pool)) {
      IntStream.range(0, 64)
          .mapToObj(i -> system.tell(system.diary("pool-" + i, true), new Write(8, 1_000)))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }

  @Test
  void overtakenProcess_isRefused_withoutThePayload() {
    try (TestSystem first = TestSystem.start(journal());
        TestSystem second = TestSystem.start(journal())) {
      ActorRef overtaken = first.diary("two-processes", true);
      first.ask(overtaken, new Write(1, 10));
      second.ask(second.diary("two-processes", true), new Write(1, 10));

      assertThatThrownBy(() -> first.ask(overtaken, new Write(2, 10)))
          .hasMessageContaining("duplicate key value violates unique constraint")
          .satisfies(refused -> assertThat(stackTrace(refused)).doesNotContain("\\x", "::bytea"));
    }
  }

  /** Why nobody must delete rows by hand: the plugin takes a gap for the end. */
  @Test
  void events_behindAGapInTheMiddle_areSilentlyLost() throws Exception {
    try (TestSystem system = TestSystem.start(journal())) {
      ActorRef diary = system.diary("gap", true);
      system.ask(diary, new Write(100, 10));
      server.execute(
          "DELETE FROM event_journal WHERE persistence_id = 'gap' AND sequence_number IN (50, 51)");

      assertThat(recovered(system, "gap", true).events()).hasSizeLessThan(98).doesNotContain(100L);
    }
  }

  private static String stackTrace(Throwable throwable) {
    StringWriter text = new StringWriter();
    throwable.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
