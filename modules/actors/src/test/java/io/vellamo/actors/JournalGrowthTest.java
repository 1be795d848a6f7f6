package io.vellamo.actors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.journal.EmbeddedReadJournal;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.VerifyReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What queries leave in the journal over many epochs. */
final class JournalGrowthTest {
  private static final String SNAPSHOT_OFTEN = "vellamo.journal.least-snapshot-size = 1";
  private static final String KEEP_HISTORY = "\nvellamo.journal.history = all";
  private static final PersistenceId SHARD = PersistenceIds.shard("counts", 0, 0);
  private static final PersistenceId QUERY = PersistenceIds.query("counts");

  private final MemorySource<String> words = MemorySource.create();
  private final AtomicBoolean removing = new AtomicBoolean();
  private final MemorySink<String> counts = MemorySink.create();

  @TempDir private Path directory;

  @Test
  void journal_isTruncatedBehindSnapshots_andRecoversWhole() throws Exception {
    try (TestSystem system = start(SNAPSHOT_OFTEN)) {
      runEpochs(system, 50);
      StreamingQuery query = query(system);
      // One more epoch each time, since a snapshot goes with the epochs.
      await()
          .untilAsserted(
              () -> {
                runEpoch(query);
                assertThat(events(system, SHARD).get(0).sequenceNr()).isGreaterThan(25);
              });
      query.stop();
      assertThat(events(system, SHARD)).hasSizeLessThan(40);
    }

    try (TestSystem system = start(SNAPSHOT_OFTEN)) {
      assertCountsGoOn(system);
    }
  }

  @Test
  void journal_withHistory_keepsEveryEpoch_andRecoversWhole() throws Exception {
    try (TestSystem system = start(SNAPSHOT_OFTEN + KEEP_HISTORY)) {
      runEpochs(system, 30);
      List<JournalEntry<?>> shard = events(system, SHARD);

      assertThat(shard.get(0).sequenceNr()).isEqualTo(1);
      assertThat(of(shard, ShardChanged.class)).hasSize(30);
      assertThat(of(shard, ShardSnapshotPart.class)).isNotEmpty();
      assertThat(of(events(system, QUERY), EpochCommitted.class)).hasSize(30);
    }

    try (TestSystem system = start(SNAPSHOT_OFTEN + KEEP_HISTORY)) {
      assertCountsGoOn(system);
    }
  }

  @Test
  void snapshots_areInNoHurry_beforeTheJournalHasGrown() throws Exception {
    try (TestSystem system = start("vellamo.journal.least-snapshot-size = 4 MiB")) {
      runEpochs(system, 10);

      assertThat(of(events(system, SHARD), ShardSnapshotPart.class)).isEmpty();
    }
  }

  @Test
  void removedGroups_leaveNothing() throws Exception {
    try (TestSystem system = start(SNAPSHOT_OFTEN)) {
      StreamingQuery query = query(system);
      words.add(IntStream.range(0, 500).mapToObj(i -> "w" + i).toArray(String[]::new));
      query.processAllAvailable();
      removing.set(true);
      words.add(IntStream.range(0, 500).mapToObj(i -> "w" + i).toArray(String[]::new));
      query.processAllAvailable();
      await()
          .untilAsserted(
              () -> {
                runEpoch(query);
                assertThat(journalText(system)).doesNotContain("w499");
              });
      query.stop();
    }
  }

  @Test
  void queryJournal_ofManyEpochs_beginsWithTheSnapshotBeforeTheLast() throws Exception {
    try (TestSystem system = start("")) {
      runEpochs(system, 550);
      await()
          .untilAsserted(
              () ->
                  assertThat(events(system, QUERY).get(0).record())
                      .isInstanceOf(QuerySnapshot.class));
    }

    try (TestSystem system = start("")) {
      StreamingQuery query = query(system);
      runEpoch(query);
      assertThat(query.lastProgress().orElseThrow().epoch()).isEqualTo(551);
      query.stop();
    }
  }

  @Test
  void largeEpoch_isSplitIntoRecordsAndWrites_andCountsOnce() throws Exception {
    String small =
        "vellamo.journal { max-record-size = 200, max-write-size = 400, least-snapshot-size = 1 }";
    try (TestSystem system = start(small)) {
      StreamingQuery query = query(system);
      words.add(IntStream.range(0, 100).mapToObj(i -> "w" + i).toArray(String[]::new));
      query.processAllAvailable();
      List<JournalEntry<?>> shard = events(system, SHARD);
      assertThat(of(shard, ShardChanged.class)).hasSize(1);
      assertThat(of(shard, ShardChangedPart.class)).hasSizeGreaterThan(5);
      counts.clear();
      words.add(IntStream.range(0, 100).mapToObj(i -> "w" + i).toArray(String[]::new));
      query.processAllAvailable();
      assertThat(counts.rows())
          .extracting(row -> row.substring(row.indexOf(' ')))
          .hasSize(100)
          .containsOnly(" 2");
      query.stop();
    }

    try (TestSystem system = start(small)) {
      counts.clear();
      StreamingQuery query = query(system);
      words.add("w42");
      query.processAllAvailable();
      assertThat(counts.rows()).containsExactly("w42 3");
      query.stop();
    }
  }

  /** A snapshot that begins while an epoch is on its way must not end between its records. */
  @Test
  void snapshots_betweenEpochsOfManyWrites_areWhole() throws Exception {
    String small =
        "vellamo.journal { max-record-size = 100, max-write-size = 100, least-snapshot-size = 1 }";
    try (TestSystem system = start(small)) {
      StreamingQuery query = query(system);
      for (int epoch = 0; epoch < 200; epoch++) {
        int from = epoch % 7;
        words.add(IntStream.range(from, from + 20).mapToObj(i -> "v" + i).toArray(String[]::new));
        query.processAllAvailable();
        if (epoch % 20 == 19) {
          VerifyReport report =
              JournalReplay.on(system.testKit().system())
                  .verify("counts", system.vellamo()::shardDigests)
                  .toCompletableFuture()
                  .get();
          assertThat(report.findings()).isEmpty();
          assertThat(report.liveShards()).isOne();
        }
      }
      query.stop();
    }
  }

  @Test
  void inputs_areRecordedWithTheirEpoch() throws Exception {
    try (TestSystem system = start("vellamo.journal.record-inputs = on")) {
      runEpochs(system, 3);
      List<JournalEntry<?>> shard = events(system, SHARD);

      assertThat(of(shard, InputsRecorded.class))
          .extracting(recorded -> recorded.inputs().epoch())
          .containsExactly(1L, 2L, 3L);
      assertThat(of(shard, InputsRecorded.class).get(0).inputs().groups())
          .allSatisfy(group -> assertThat(group.events()).hasSize(1));
    }
  }

  @Test
  void inputs_areNotRecordedByDefault() throws Exception {
    try (TestSystem system = start("")) {
      runEpochs(system, 2);

      assertThat(of(events(system, SHARD), InputsRecorded.class)).isEmpty();
    }
  }

  private void assertCountsGoOn(TestSystem system) throws Exception {
    counts.clear();
    StreamingQuery query = query(system);
    runEpoch(query);
    long epoch = query.lastProgress().orElseThrow().epoch();
    assertThat(counts.rows()).containsExactlyInAnyOrder("a " + epoch, "b " + epoch, "c " + epoch);
    query.stop();
  }

  private void runEpochs(TestSystem system, int count) throws Exception {
    StreamingQuery query = query(system);
    for (int epoch = 0; epoch < count; epoch++) {
      runEpoch(query);
    }
    query.stop();
  }

  private void runEpoch(StreamingQuery query) throws Exception {
    words.add("a", "b", "c");
    query.processAllAvailable();
  }

  private static String journalText(TestSystem system) throws Exception {
    StringBuilder keys = new StringBuilder();
    for (JournalEntry<?> event : events(system, SHARD)) {
      if (event.record() instanceof ShardChanged changed) {
        changed
            .change()
            .groups()
            .forEach(group -> keys.append(new String(group.key().bytes(), UTF_8)));
      } else if (event.record() instanceof ShardSnapshotPart part) {
        part.part().groups().forEach(group -> keys.append(new String(group.key().bytes(), UTF_8)));
      }
    }
    return keys.toString();
  }

  private static List<JournalEntry<?>> events(TestSystem system, PersistenceId id)
      throws Exception {
    return PersistenceQuery.get(system.testKit().system())
        .getReadJournalFor(EmbeddedReadJournal.class, "vellamo.embedded-journal.read-journal")
        .currentEventsByPersistenceId(id.id(), 0, Long.MAX_VALUE)
        .<JournalEntry<?>>map(envelope -> (JournalEntry<?>) envelope.event())
        .runWith(Sink.seq(), system.testKit().system())
        .toCompletableFuture()
        .get();
  }

  private static <R> List<R> of(List<JournalEntry<?>> events, Class<R> type) {
    return events.stream()
        .map(JournalEntry::record)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private TestSystem start(String settings) {
    return TestSystem.start(
        settings
            + """

            vellamo.query.shards = 1
            vellamo.journal.plugin = "vellamo.embedded-journal.journal"
            vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
            vellamo.embedded-journal.dir = "%s"
            """
                .formatted(directory));
  }

  private StreamingQuery query(TestSystem system) {
    return system
        .vellamo()
        .query("counts")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              int count = state.optional().orElse(0);
              while (events.hasNext()) {
                events.next();
                count++;
              }
              if (removing.get() && word.startsWith("w")) {
                state.remove();
              } else {
                state.update(count);
              }
              return List.of(word + " " + count).iterator();
            })
        .to(counts)
        .trigger(Trigger.asap())
        .start();
  }
}
