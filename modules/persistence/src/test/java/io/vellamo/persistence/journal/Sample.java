package io.vellamo.persistence.journal;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredRow;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.persistence.journal.JournalRecord.EpochCommitted;
import io.vellamo.persistence.journal.JournalRecord.EpochPlanned;
import io.vellamo.persistence.journal.JournalRecord.QueryCreated;
import io.vellamo.persistence.journal.JournalRecord.QueryResumed;
import io.vellamo.persistence.journal.JournalRecord.QuerySnapshot;
import io.vellamo.persistence.journal.JournalRecord.ShardChanged;
import io.vellamo.persistence.journal.JournalRecord.ShardSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record and the golden file that holds it. The records never change, as the files don't. */
record Sample(String file, JournalRecord value) {
  private static final QueryCreated CREATED =
      new QueryCreated(
          UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
          300,
          "flatMapGroupsWithState",
          GroupStateTimeout.EVENT_TIME);
  private static final EpochPlan PLAN =
      new EpochPlan(
          List.of(
              new OffsetRange(new SourcePartition("clicks-0"), 0, 127),
              new OffsetRange(new SourcePartition("klikkejä"), 128, Long.MAX_VALUE)),
          new EpochTimes(129, 1_700_000_000_123L, Watermark.of(-1), Watermark.NONE));
  private static final StoredRow COUNT = new StoredRow("com.example.Count", new byte[] {1, -1});
  private static final StoredRow ALERT = new StoredRow("com.example.Alert", new byte[0]);

  /** Returns one sample or more of every record. */
  static Stream<Sample> all() {
    return Stream.concat(queries(), shards());
  }

  private static Stream<Sample> queries() {
    EpochTimes drained = new EpochTimes(1, -5, Watermark.END, Watermark.of(1000));
    EpochCommit commit =
        new EpochCommit(129, Watermark.of(1_700_000_000_000L), new EventCounts(300, 2, 1));
    return Stream.of(
        new Sample("query-created-1", CREATED),
        new Sample(
            "query-created-1-stateless",
            new QueryCreated(CREATED.id(), 1, "", GroupStateTimeout.NONE)),
        new Sample(
            "query-created-1-processing-time",
            new QueryCreated(
                CREATED.id(), 16, "mapGroupsWithState", GroupStateTimeout.PROCESSING_TIME)),
        new Sample("query-resumed-1", new QueryResumed(16_384)),
        new Sample("epoch-planned-1", new EpochPlanned(PLAN)),
        new Sample(
            "epoch-planned-1-without-data", new EpochPlanned(new EpochPlan(List.of(), drained))),
        new Sample("epoch-committed-1", new EpochCommitted(commit)),
        new Sample("query-snapshot-1", new QuerySnapshot(CREATED, ledger())),
        new Sample(
            "query-snapshot-1-fresh",
            new QuerySnapshot(CREATED, QueryLedger.created(CREATED.id(), CREATED.shards()))));
  }

  private static Stream<Sample> shards() {
    ShardChange change =
        new ShardChange(
            3,
            129,
            List.of(
                change("a", Effect.NONE, null, null, List.of(COUNT, ALERT)),
                change("b", Effect.STATE, new byte[] {5}, 1000L, List.of(ALERT, COUNT)),
                change("c", Effect.TIMEOUT_WITHOUT_STATE, null, -1L, List.of()),
                change("d", Effect.TIMEOUT, null, null, List.of()),
                change("", Effect.REMOVED, null, null, List.of(COUNT))));
    return Stream.of(
        new Sample("shard-changed-1", new ShardChanged(change)),
        new Sample("shard-changed-1-empty", new ShardChanged(new ShardChange(1, 2, List.of()))),
        new Sample(
            "shard-snapshot-1",
            new ShardSnapshot(
                3, 129, List.of(COUNT, ALERT, COUNT), group(new byte[] {5, 6}, 1000L))),
        new Sample(
            "shard-snapshot-1-state-only",
            new ShardSnapshot(3, 129, List.of(), group(new byte[0], null))),
        new Sample(
            "shard-snapshot-1-timeout-only",
            new ShardSnapshot(3, 129, List.of(), group(null, Long.MAX_VALUE))),
        new Sample("shard-snapshot-1-empty", new ShardSnapshot(0, 0, List.of(), Map.of())));
  }

  private static QueryLedger ledger() {
    return new QueryLedger(
        CREATED.id(),
        CREATED.shards(),
        3,
        128,
        Offsets.of(Map.of(new SourcePartition("clicks-0"), 0L, new SourcePartition("b"), 300L)),
        Watermark.of(-1000),
        Watermark.of(-1),
        1_700_000_000_123L,
        new EventCounts(1000, 20, 3),
        PLAN);
  }

  private static GroupChange change(
      String key,
      Effect effect,
      byte @Nullable [] state,
      @Nullable Long timeoutMillis,
      List<StoredRow> rows) {
    return new GroupChange(key(key), effect, state, timeoutMillis, rows);
  }

  private static Map<GroupKey, GroupEntry> group(
      byte @Nullable [] state, @Nullable Long timeoutMillis) {
    return Map.of(key("a"), GroupEntry.of(state, timeoutMillis));
  }

  private static GroupKey key(String text) {
    return GroupKey.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return file;
  }
}
