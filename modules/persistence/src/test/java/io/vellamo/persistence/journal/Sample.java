package io.vellamo.persistence.journal;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.InputWatermark;
import io.vellamo.engine.epoch.PartitionWatermark;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.StateShapes;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.inbox.InboxMessage;
import io.vellamo.engine.journal.DefinitionRecord.LayoutsAdded;
import io.vellamo.engine.journal.DefinitionRecord.OperatorsAdded;
import io.vellamo.engine.journal.DefinitionRecord.VariablesDeclared;
import io.vellamo.engine.journal.InboxRecord.InboxOpened;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.DeadLettersRecorded;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.ParkRequested;
import io.vellamo.engine.journal.JournalRecord.ParksChanged;
import io.vellamo.engine.journal.JournalRecord.ParksSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.journal.ReshardRecord;
import io.vellamo.engine.journal.Reshards;
import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.engine.journal.SinkRecord.SinkCommitted;
import io.vellamo.engine.journal.SinkRecord.SinkDivided;
import io.vellamo.engine.shard.EventOrigin;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkChange.Parked;
import io.vellamo.engine.shard.ParkChange.Unparked;
import io.vellamo.engine.shard.ParkChange.Waiting;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ParkRequest.Kind;
import io.vellamo.engine.shard.ParkedEvent;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.ShardParks;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value that is written, and the golden file that holds it. Neither ever changes.
 *
 * @param file the file's name
 * @param value the entry of a record, or a mark in the snapshot store
 */
record Sample(String file, Object value) {
  private static final QueryCreated CREATED =
      new QueryCreated(
          UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
          300,
          List.of(new CreatedOperator("flatMapGroupsWithState", GroupStateTimeout.EVENT_TIME)),
          1,
          WatermarkPolicy.MIN);
  private static final EpochTimes TIMES =
      new EpochTimes(129, 1_700_000_000_123L, Watermark.of(-1), Watermark.NONE);
  private static final EpochPlan MARKED =
      new EpochPlan(
          List.of(
              new OffsetRange(
                  new SourcePartition("a.jsonl#2"),
                  0,
                  127,
                  "key/ä.jsonl",
                  List.of(new SourcePartition("a.jsonl"), new SourcePartition("ä"))),
              new OffsetRange(new SourcePartition("b"), 128, Long.MAX_VALUE)),
          TIMES);
  private static final Map<SourcePartition, Long> OFFSETS =
      Map.of(new SourcePartition("clicks-0"), 0L, new SourcePartition("b"), 300L);
  private static final StoredValue COUNT = new StoredValue("com.example.Count", new byte[] {1, -1});
  private static final StoredValue ALERT = new StoredValue("com.example.Alert", new byte[0]);

  private static final ShardLayout RESHARDED = new ShardLayout(3, 300, 16_384);

  private static final QueryCreated SEVERAL =
      new QueryCreated(
          CREATED.id(),
          16,
          List.of(
              new CreatedOperator("dropDuplicates", GroupStateTimeout.NONE),
              new CreatedOperator("flatMapGroupsWithState", GroupStateTimeout.EVENT_TIME)),
          2,
          WatermarkPolicy.MAX);
  private static final List<InputWatermark> INPUTS =
      List.of(
          new InputWatermark(Watermark.NONE, 1_700_000_000_000L),
          new InputWatermark(Watermark.of(1_700_000_000_000L), -5));
  private static final List<InputWatermark> OF_PARTITIONS =
      List.of(
          INPUTS.get(0),
          new InputWatermark(
              Watermark.of(-1),
              300,
              new TreeMap<>(
                  Map.of(
                      new SourcePartition("1:ä"), new PartitionWatermark(Watermark.NONE, -5),
                      new SourcePartition("1:b"), new PartitionWatermark(Watermark.of(5), 300)))));

  private Sample(String file, JournalRecord record) {
    this(file, (Object) new JournalEntry<>(300, 7, record));
  }

  /** Returns one sample or more of every record. */
  static Stream<Sample> all() {
    Sample stored = new Sample("stored-mark-1", (Object) new SnapshotMark(300));
    return Stream.of(queries(), shards(), Stream.of(stored)).flatMap(all -> all);
  }

  private static Stream<Sample> queries() {
    EpochTimes drained = new EpochTimes(1, -5, Watermark.END, Watermark.of(1000));
    EpochCommit commit =
        new EpochCommit(129, Watermark.of(1_700_000_000_000L), new EventCounts(300, 2, 1));
    return Stream.of(
        new Sample("query-created-1", SEVERAL),
        new Sample("query-created-1-stateless", stateless()),
        new Sample(
            "operators-added-1",
            new OperatorsAdded(
                List.of(
                    new CreatedOperator("sessions", GroupStateTimeout.NONE),
                    new CreatedOperator("per.hour", GroupStateTimeout.EVENT_TIME)))),
        new Sample(
            "query-created-1-variables",
            new QueryCreated(
                CREATED.id(), 1, List.of(VariableSamples.operator()), 1, WatermarkPolicy.MIN)),
        new Sample("variables-declared-1", new VariablesDeclared(300, VariableSamples.variables())),
        new Sample(
            "layouts-added-1",
            new LayoutsAdded(List.of("{user:text,clicks:int}", "{größe:double,next:#0}"))),
        new Sample("query-resumed-1", new QueryResumed(16_384, "1-3-58caaf944b0f00d6")),
        new Sample("query-resumed-1-stateless", new QueryResumed(1, "")),
        new Sample("epoch-planned-1", new EpochPlanned(MARKED)),
        new Sample(
            "epoch-planned-1-without-data", new EpochPlanned(new EpochPlan(List.of(), drained))),
        new Sample("epoch-committed-1", new EpochCommitted(commit)),
        new Sample(
            "epoch-committed-1-several",
            new EpochCommitted(
                new EpochCommit(130, Watermark.of(-1), new EventCounts(1, 0, 0), INPUTS))),
        new Sample(
            "epoch-committed-2",
            new EpochCommitted(
                new EpochCommit(130, Watermark.of(-1), new EventCounts(1, 0, 0), OF_PARTITIONS))),
        new Sample(
            "query-snapshot-2",
            new QuerySnapshot(
                SEVERAL,
                ledger(
                    SEVERAL,
                    Offsets.of(OFFSETS, Map.of()),
                    MARKED,
                    new StateShapes("new", "old"),
                    OF_PARTITIONS),
                List.of())),
        new Sample("sink-divided-1", new SinkDivided(300)),
        new Sample("sink-committed-1", new SinkCommitted(300)),
        new Sample("reshard-begun-1", new ReshardRecord.Begun(300, RESHARDED)),
        new Sample("reshard-ended-1", new ReshardRecord.Ended(RESHARDED)),
        new Sample("reshard-removed-1", new ReshardRecord.Removed(300)),
        new Sample(
            "query-snapshot-4",
            new QuerySnapshot(
                SEVERAL.with(RESHARDED),
                ledger(
                    SEVERAL.with(RESHARDED),
                    Offsets.of(OFFSETS, Map.of()),
                    MARKED,
                    new StateShapes("new", "old"),
                    INPUTS),
                List.of(),
                300,
                new Reshards(300, List.of(ShardLayout.first(32), new ShardLayout(2, 16, 129))))),
        new Sample("inbox-opened-1", new InboxOpened(300)),
        new Sample(
            "inbox-messages-1",
            new MessagesStored(
                300,
                List.of(
                    new InboxMessage("id of ä", null),
                    new InboxMessage("b", new StoredValue("Click", new byte[] {1, 2})),
                    new InboxMessage("c", new StoredValue("Click", new byte[] {}))))),
        new Sample(
            "query-snapshot-3",
            new QuerySnapshot(
                SEVERAL,
                ledger(
                    SEVERAL,
                    Offsets.of(OFFSETS, Map.of()),
                    MARKED,
                    new StateShapes("new", "old"),
                    INPUTS),
                List.of(),
                300,
                Reshards.NONE)),
        new Sample(
            "query-snapshot-1",
            new QuerySnapshot(
                SEVERAL,
                ledger(
                    SEVERAL,
                    Offsets.of(OFFSETS, Map.of(new SourcePartition("b"), "mark of ä")),
                    MARKED,
                    new StateShapes("new", "old"),
                    INPUTS),
                List.of("{user:text,clicks:int}"))),
        new Sample(
            "query-snapshot-1-fresh",
            new QuerySnapshot(
                CREATED, QueryLedger.created(CREATED.id(), CREATED.shards()), List.of())));
  }

  private static QueryCreated stateless() {
    return new QueryCreated(CREATED.id(), 1, List.of(), 1, WatermarkPolicy.MIN);
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
        new Sample("shard-owned-1", new ShardOwned(300, 3)),
        new Sample("shard-owned-1-dropped", new ShardOwned(300, 3, List.of(0, 200))),
        new Sample("shard-changed-1", new ShardChanged(300, change)),
        new Sample(
            "shard-changed-1-timed",
            new ShardChanged(
                new ShardChange(
                    1,
                    2,
                    List.of(
                        change(
                            "a",
                            Effect.STATE,
                            new byte[] {5},
                            5L,
                            List.of(COUNT.at(Instant.ofEpochMilli(7)), COUNT)),
                        change(
                            "b",
                            Effect.NONE,
                            null,
                            null,
                            List.of(COUNT.at(Instant.ofEpochSecond(-8, 1)))))))),
        new Sample(
            "shard-changed-1-variables",
            new ShardChanged(
                new ShardChange(
                    1,
                    2,
                    List.of(
                        GroupChange.of(key("a"), VariableSamples.changes(), List.of(COUNT)),
                        change("b", Effect.REMOVED, null, null, List.of())),
                    new Expired(Long.MIN_VALUE, 1_700_000_000_000L)))),
        new Sample("shard-changed-1-empty", new ShardChanged(new ShardChange(1, 2, List.of()))),
        new Sample("shard-changed-part-1", new ShardChangedPart(2, change)),
        new Sample(
            "shard-inputs-1",
            new InputsRecorded(
                0,
                new ShardInputs(
                    3,
                    129,
                    List.of(
                        new GroupInputs(
                            key("a"), List.of(COUNT.at(Instant.ofEpochMilli(-1)), ALERT)),
                        new GroupInputs(key(""), List.of(COUNT)))))),
        new Sample("shard-dead-letters-1", new DeadLettersRecorded(1, deadLetters())),
        new Sample("shard-parks-1", new ParksChanged(128, new ShardParks(3, 129, parks()))),
        new Sample(
            "shard-parks-1-watermark",
            new ParksChanged(128, new ShardParks(3, 129, List.of(parkedWithWatermark())))),
        new Sample("shard-parks-snapshot-part-1", new ParksSnapshotPart(parks())),
        new Sample(
            "shard-park-request-1",
            new ParkRequested(key("a"), new ParkRequest(Kind.REDRIVE, 300))),
        new Sample(
            "shard-park-request-1-release",
            new ParkRequested(key(""), new ParkRequest(Kind.RELEASE, 0))),
        new Sample(
            "shard-snapshot-part-1",
            new ShardSnapshotPart(
                300,
                new SnapshotPart(
                    List.of(
                        group("a", new byte[] {5, 6}, 1000L),
                        group("b", new byte[0], null),
                        group("", null, Long.MAX_VALUE)),
                    false))),
        new Sample(
            "shard-snapshot-part-1-variables",
            new ShardSnapshotPart(
                300,
                new SnapshotPart(
                    List.of(
                        new SnapshotPart.Group(key("a"), GroupEntry.EMPTY, VariableSamples.puts()),
                        new SnapshotPart.Group(
                            key(""), GroupEntry.EMPTY, VariableSamples.puts().subList(0, 1))),
                    false))),
        new Sample(
            "shard-snapshot-part-1-last",
            new ShardSnapshotPart(1, new SnapshotPart(List.of(), true))),
        new Sample("snapshot-mark-1", new SnapshotMark(300)));
  }

  private static ShardDeadLetters deadLetters() {
    String error = "java.lang.IllegalStateException";
    EventOrigin origin = new EventOrigin(129, "klikkejä", 300);
    return new ShardDeadLetters(
        3,
        130,
        List.of(
            new GroupDeadLetter(key("a"), origin, error, "brökn", COUNT),
            new GroupDeadLetter(key(""), origin, error, null, null),
            new GroupDeadLetter(key("c"), new EventOrigin(130, null, 0), error, null, COUNT),
            new GroupDeadLetter(key("b"), null, error, "", null)));
  }

  private static ParkChange parkedWithWatermark() {
    String error = "java.lang.IllegalStateException";
    return new Parked(key("a"), 129, error, "brökn", null, Watermark.of(1000));
  }

  private static List<ParkChange> parks() {
    String error = "java.lang.IllegalStateException";
    ParkedEvent first = new ParkedEvent(new EventOrigin(129, "klikkejä", 300), COUNT);
    ParkedEvent row =
        new ParkedEvent(new EventOrigin(130, null, 0), ALERT.at(Instant.ofEpochMilli(1000)));
    ParkedEvent second = new ParkedEvent(new EventOrigin(130, "clicks-0", 0), ALERT);
    return List.of(
        new Parked(key("a"), 129, error, "brökn", null),
        new Waiting(key("a"), 0, List.of(first, second, first)),
        new Parked(key(""), 1, error, null, new ParkRequest(Kind.RELEASE, 300)),
        new Waiting(key(""), 300, List.of(row)),
        new Unparked(key("b")));
  }

  private static QueryLedger ledger(
      QueryCreated created,
      Offsets offsets,
      EpochPlan planned,
      StateShapes shapes,
      List<InputWatermark> inputs) {
    return new QueryLedger(
        created.id(),
        created.shards(),
        3,
        128,
        offsets,
        Watermark.of(-1000),
        Watermark.of(-1),
        1_700_000_000_123L,
        new EventCounts(1000, 20, 3),
        planned,
        shapes,
        inputs);
  }

  private static GroupChange change(
      String key,
      Effect effect,
      byte @Nullable [] state,
      @Nullable Long timeoutMillis,
      List<StoredValue> rows) {
    return new GroupChange(key(key), effect, state, timeoutMillis, rows);
  }

  private static SnapshotPart.Group group(
      String key, byte @Nullable [] state, @Nullable Long timeoutMillis) {
    return new SnapshotPart.Group(key(key), GroupEntry.of(state, timeoutMillis));
  }

  private static GroupKey key(String text) {
    return GroupKey.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return file;
  }
}
