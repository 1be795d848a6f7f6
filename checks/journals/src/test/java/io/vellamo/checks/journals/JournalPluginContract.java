package io.vellamo.checks.journals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vellamo.checks.journals.Diary.AskRecovered;
import io.vellamo.checks.journals.Diary.DeleteTo;
import io.vellamo.checks.journals.Diary.Recovered;
import io.vellamo.checks.journals.Diary.SaveSnapshot;
import io.vellamo.checks.journals.Diary.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What shards ask of a journal plugin, at the sizes at which plugins are known to fail. */
abstract class JournalPluginContract {
  static final int MEGABYTE = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestedJournal journal;

  JournalPluginContract(TestedJournal journal) {
    this.journal = journal;
  }

  @Test
  final void events_behindADeletedPrefix_areAllRecovered() {
    assertPrefixIsPassedOver("prefix", "");
  }

  /** Writes 2,500 events, deletes 2,000 of them in two steps, and recovers the others. */
  final void assertPrefixIsPassedOver(String id, String settings) {
    try (TestSystem system = TestSystem.start(journal, settings)) {
      ActorRef diary = system.diary(id, true);
      write(system, diary, 20, 100);
      system.ask(diary, new SaveSnapshot(10));
      write(system, diary, 5, 100);
      system.ask(diary, new DeleteTo(1_000));
      system.ask(diary, new DeleteTo(2_000));
    }

    try (TestSystem system = TestSystem.start(journal, settings)) {
      assertThat(recovered(system, id, true))
          .isEqualTo(new Recovered(2_000, sequence(2_001, 2_500)));
      assertThat(recovered(system, id, false)).isEqualTo(new Recovered(0, sequence(2_001, 2_500)));
    }
  }

  @Test
  final void events_afterARecoveryBehindADeletedPrefix_goOn() {
    try (TestSystem system = TestSystem.start(journal)) {
      ActorRef diary = system.diary("go-on", true);
      write(system, diary, 1, 10);
      system.ask(diary, new SaveSnapshot(10));
      system.ask(diary, new DeleteTo(10));
    }

    try (TestSystem system = TestSystem.start(journal)) {
      write(system, system.diary("go-on", false), 1, 5);
    }

    try (TestSystem system = TestSystem.start(journal)) {
      assertThat(recovered(system, "go-on", true)).isEqualTo(new Recovered(10, sequence(11, 15)));
    }
  }

  @Test
  final void largeEvents_moreThanMemoryHolds_areRecovered() {
    int events = 400;
    try (TestSystem system = TestSystem.start(journal)) {
      ActorRef diary = system.diary("large-events", true);
      for (int i = 0; i < events / 8; i++) {
        system.ask(diary, new Write(8, MEGABYTE));
      }
    }

    try (TestSystem system = TestSystem.start(journal)) {
      assertThat(recovered(system, "large-events", true).events()).isEqualTo(sequence(1, events));
    }
  }

  @Test
  final void largeWrites_ofManyActorsAtOnce_areAllTaken() {
    List<String> ids = IntStream.range(0, 32).mapToObj(i -> "at-once-" + i).toList();
    try (TestSystem system = TestSystem.start(journal)) {
      List<CompletableFuture<Object>> writes =
          ids.stream()
              .map(id -> system.tell(system.diary(id, true), new Write(8, MEGABYTE / 2)))
              .toList();
      writes.forEach(CompletableFuture::join);
    }

    try (TestSystem system = TestSystem.start(journal)) {
      assertThat(ids)
          .allSatisfy(
              id -> assertThat(recovered(system, id, true).events()).isEqualTo(sequence(1, 8)));
    }
  }

  @Test
  final void smallWrites_overtakeALargeOne() {
    try (TestSystem system = TestSystem.start(journal)) {
      ActorRef large = system.diary("overtaken", true);
      ActorRef small = system.diary("overtaking", true);
      system.ask(small, new Write(1, 10));

      // How fast each is, is chance; but if answers came in order, there would never be three.
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                CompletableFuture<Object> slow = system.tell(large, new Write(1, 8 * MEGABYTE));
                int overtaking = 0;
                while (!slow.isDone()) {
                  system.ask(small, new Write(1, 10));
                  overtaking++;
                }
                slow.join();
                return overtaking > 3;
              });
    }
  }

  /** To measure: {@code -Devent-size=N}, with {@code -Dheap=12g} if it is large. */
  @Test
  @EnabledIfSystemProperty(named = "event-size", matches = "\\d+")
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  final void event_ofAGivenSize_isTakenAndRecovered() {
    int bytes = Integer.getInteger("event-size");
    String patient = "pekko.persistence.journal-plugin-fallback.circuit-breaker.call-timeout = 2m";
    try (TestSystem system = TestSystem.start(journal, patient)) {
      system.ask(system.diary("measured", true), new Write(1, bytes));
    }

    try (TestSystem system = TestSystem.start(journal)) {
      assertThat(recovered(system, "measured", true).events()).isEqualTo(sequence(1, 1));
    }
  }

  final Recovered recovered(TestSystem system, String id, boolean fromSnapshot) {
    return (Recovered) system.ask(system.diary(id, fromSnapshot), AskRecovered.INSTANCE);
  }

  static List<Long> sequence(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  final TestedJournal journal() {
    return journal;
  }

  private static void write(TestSystem system, ActorRef diary, int writes, int events) {
    for (int i = 0; i < writes; i++) {
      system.ask(diary, new Write(events, 10));
    }
  }
}
