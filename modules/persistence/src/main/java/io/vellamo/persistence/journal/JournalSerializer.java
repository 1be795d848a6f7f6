package io.vellamo.persistence.journal;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.journal.DefinitionRecord.LayoutsAdded;
import io.vellamo.engine.journal.DefinitionRecord.OperatorsAdded;
import io.vellamo.engine.journal.DefinitionRecord.VariablesDeclared;
import io.vellamo.engine.journal.InboxRecord.InboxOpened;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
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
import io.vellamo.engine.journal.SinkRecord.SinkCommitted;
import io.vellamo.engine.journal.SinkRecord.SinkDivided;
import java.util.List;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;

/**
 * A serializer that turns journal entries into bytes and back: place, writer, record. The manifest
 * names record and version, {@code shard-changed-1}; a changed layout gets a new version, and old
 * layouts stay readable.
 *
 * <p>Users' states and rows are included as the bytes that {@link GroupStep} got from their codecs.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class JournalSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 86_355_266;

  private static final String QUERY_CREATED = "query-created-1";
  private static final String OPERATORS_ADDED = "operators-added-1";
  private static final String VARIABLES_DECLARED = "variables-declared-1";
  private static final String LAYOUTS_ADDED = "layouts-added-1";
  private static final String SINK_DIVIDED = "sink-divided-1";
  private static final String SINK_COMMITTED = "sink-committed-1";
  private static final String RESHARD_BEGUN = "reshard-begun-1";
  private static final String RESHARD_ENDED = "reshard-ended-1";
  private static final String RESHARD_REMOVED = "reshard-removed-1";
  private static final String QUERY_RESUMED = "query-resumed-1";
  private static final String EPOCH_PLANNED = "epoch-planned-1";
  private static final String EPOCH_COMMITTED = "epoch-committed-1";
  private static final String EPOCH_COMMITTED_2 = "epoch-committed-2";
  private static final String QUERY_SNAPSHOT = "query-snapshot-1";
  private static final String QUERY_SNAPSHOT_2 = "query-snapshot-2";
  private static final String QUERY_SNAPSHOT_3 = "query-snapshot-3";
  private static final String QUERY_SNAPSHOT_4 = "query-snapshot-4";
  private static final List<String> QUERY_SNAPSHOTS =
      List.of(QUERY_SNAPSHOT, QUERY_SNAPSHOT_2, QUERY_SNAPSHOT_3, QUERY_SNAPSHOT_4);
  private static final String SHARD_OWNED = "shard-owned-1";
  private static final String SHARD_CHANGED = "shard-changed-1";
  private static final String SHARD_CHANGED_PART = "shard-changed-part-1";
  private static final String SHARD_INPUTS = "shard-inputs-1";
  private static final String SHARD_DEAD_LETTERS = "shard-dead-letters-1";
  private static final String SHARD_PARKS = "shard-parks-1";
  private static final String SHARD_PARK_REQUEST = "shard-park-request-1";
  private static final String SHARD_PARKS_SNAPSHOT_PART = "shard-parks-snapshot-part-1";
  private static final String SHARD_SNAPSHOT_PART = "shard-snapshot-part-1";
  private static final String INBOX_OPENED = "inbox-opened-1";
  private static final String INBOX_MESSAGES = "inbox-messages-1";
  private static final String SNAPSHOT_MARK = "snapshot-mark-1";

  /** The manifest of a mark in the snapshot store. */
  private static final String STORED_MARK = "stored-mark-1";

  /** Creates the serializer; called by Pekko, as configured. */
  public JournalSerializer() {}

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    if (value instanceof SnapshotMark) {
      return STORED_MARK;
    }
    JournalRecord record = entry(value).record();
    if (record instanceof QueryCreated) {
      return QUERY_CREATED;
    }
    if (record instanceof OperatorsAdded) {
      return OPERATORS_ADDED;
    }
    if (record instanceof VariablesDeclared) {
      return VARIABLES_DECLARED;
    }
    if (record instanceof LayoutsAdded) {
      return LAYOUTS_ADDED;
    }
    if (record instanceof SinkDivided) {
      return SINK_DIVIDED;
    }
    if (record instanceof SinkCommitted) {
      return SINK_COMMITTED;
    }
    if (record instanceof ReshardRecord.Begun) {
      return RESHARD_BEGUN;
    }
    if (record instanceof ReshardRecord.Ended) {
      return RESHARD_ENDED;
    }
    if (record instanceof ReshardRecord.Removed) {
      return RESHARD_REMOVED;
    }
    if (record instanceof QueryResumed) {
      return QUERY_RESUMED;
    }
    if (record instanceof EpochPlanned) {
      return EPOCH_PLANNED;
    }
    if (record instanceof EpochCommitted committed) {
      return QueryFormat.version(committed.commit()) == 1 ? EPOCH_COMMITTED : EPOCH_COMMITTED_2;
    }
    if (record instanceof QuerySnapshot snapshot) {
      return QUERY_SNAPSHOTS.get(QueryFormat.version(snapshot) - 1);
    }
    if (record instanceof ShardOwned) {
      return SHARD_OWNED;
    }
    if (record instanceof ShardChanged) {
      return SHARD_CHANGED;
    }
    if (record instanceof ShardChangedPart) {
      return SHARD_CHANGED_PART;
    }
    if (record instanceof InputsRecorded) {
      return SHARD_INPUTS;
    }
    if (record instanceof DeadLettersRecorded) {
      return SHARD_DEAD_LETTERS;
    }
    if (record instanceof ParksChanged) {
      return SHARD_PARKS;
    }
    if (record instanceof ParkRequested) {
      return SHARD_PARK_REQUEST;
    }
    if (record instanceof ParksSnapshotPart) {
      return SHARD_PARKS_SNAPSHOT_PART;
    }
    if (record instanceof ShardSnapshotPart) {
      return SHARD_SNAPSHOT_PART;
    }
    if (record instanceof InboxOpened) {
      return INBOX_OPENED;
    }
    if (record instanceof MessagesStored) {
      return INBOX_MESSAGES;
    }
    if (record instanceof SnapshotMark) {
      return SNAPSHOT_MARK;
    }
    throw new AssertionError("unhandled " + record.getClass());
  }

  private static JournalEntry<?> entry(Object value) {
    if (value instanceof JournalEntry<?> entry) {
      return entry;
    }
    throw new AssertionError("unhandled " + value.getClass());
  }

  @Override
  public byte[] toBinary(Object value) {
    if (value instanceof SnapshotMark mark) {
      BinaryOutput out = new BinaryOutput();
      out.writeUnsigned(mark.sequenceNr());
      return out.toByteArray();
    }
    JournalEntry<?> entry = entry(value);
    BinaryOutput out = new BinaryOutput(expectedSize(entry.record()));
    out.writeUnsigned(entry.sequenceNr());
    out.writeUnsigned(entry.writer());
    write(entry.record(), out);
    return out.toByteArray();
  }

  private static void write(JournalRecord record, BinaryOutput out) {
    if (record instanceof QueryCreated created) {
      OperatorFormat.writeCreated(created, out);
    } else if (record instanceof OperatorsAdded added) {
      OperatorFormat.writeOperators(added.operators(), out);
    } else if (record instanceof VariablesDeclared declared) {
      QueryFormat.writeDeclared(declared, out);
    } else if (record instanceof LayoutsAdded added) {
      QueryFormat.writeLayouts(added.layouts(), out);
    } else if (record instanceof SinkDivided divided) {
      out.writeUnsigned(divided.ranges());
    } else if (record instanceof SinkCommitted committed) {
      out.writeUnsigned(committed.epoch());
    } else if (record instanceof ReshardRecord.Begun begun) {
      out.writeUnsigned(begun.incarnation());
      QueryFormat.writeLayout(begun.target(), out);
    } else if (record instanceof ReshardRecord.Ended ended) {
      QueryFormat.writeLayout(ended.layout(), out);
    } else if (record instanceof ReshardRecord.Removed removed) {
      out.writeUnsigned(removed.generation());
    } else if (record instanceof QueryResumed resumed) {
      QueryFormat.writeResumed(resumed, out);
    } else if (record instanceof EpochPlanned planned) {
      PlanFormat.write(planned.plan(), out);
    } else if (record instanceof EpochCommitted committed) {
      QueryFormat.writeCommit(committed.commit(), out);
    } else if (record instanceof QuerySnapshot snapshot) {
      QueryFormat.writeSnapshot(snapshot, out);
    } else if (record instanceof ShardOwned owned) {
      out.writeUnsigned(owned.owner());
      out.writeUnsigned(owned.incarnation());
      VariableFormat.writeNumbers(owned.dropped(), out);
    } else if (record instanceof ShardChanged changed) {
      out.writeUnsigned(changed.part());
      ShardFormat.writeChange(changed.change(), out);
    } else if (record instanceof ShardChangedPart part) {
      out.writeUnsigned(part.part());
      ShardFormat.writeChange(part.change(), out);
    } else if (record instanceof InputsRecorded recorded) {
      out.writeUnsigned(recorded.part());
      ShardFormat.writeInputs(recorded.inputs(), out);
    } else if (record instanceof DeadLettersRecorded recorded) {
      out.writeUnsigned(recorded.part());
      FailureFormat.writeDeadLetters(recorded.letters(), out);
    } else if (record instanceof ParksChanged changed) {
      out.writeUnsigned(changed.part());
      FailureFormat.writeParks(changed.parks(), out);
    } else if (record instanceof ParkRequested requested) {
      FailureFormat.writeRequested(requested, out);
    } else if (record instanceof ParksSnapshotPart part) {
      FailureFormat.writeParkChanges(part.parks(), out);
    } else if (record instanceof ShardSnapshotPart part) {
      out.writeUnsigned(part.owner());
      ShardFormat.writeSnapshotPart(part.part(), out);
    } else if (record instanceof InboxOpened opened) {
      out.writeUnsigned(opened.incarnation());
    } else if (record instanceof MessagesStored stored) {
      InboxFormat.writeMessages(stored, out);
    } else if (record instanceof SnapshotMark mark) {
      out.writeUnsigned(mark.sequenceNr());
    } else {
      throw new AssertionError("unhandled " + record.getClass());
    }
  }

  /**
   * Returns the expected size of a large record, so that its buffer does not grow repeatedly, or 0.
   */
  private static long expectedSize(JournalRecord record) {
    if (record instanceof ShardChanged changed) {
      return withRoom(changed.change().size());
    }
    if (record instanceof MessagesStored stored) {
      return withRoom(stored.size());
    }
    return record instanceof ShardSnapshotPart part ? withRoom(part.part().size()) : 0;
  }

  /** Returns a size with a margin: sizes are estimates, and a buffer slightly too small doubles. */
  private static long withRoom(long size) {
    return size + size / 4;
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    BinaryInput in = new BinaryInput(bytes);
    Object value;
    try {
      value =
          manifest.equals(STORED_MARK)
              ? new SnapshotMark(in.readUnsigned())
              : new JournalEntry<>(in.readUnsigned(), in.readUnsigned(), read(in, manifest));
    } catch (RuntimeException e) {
      throw damaged(manifest, bytes, e);
    }
    if (!in.isAtEnd()) {
      throw damaged(manifest, bytes, null);
    }
    return value;
  }

  private static JournalRecord read(BinaryInput in, String manifest) {
    return switch (manifest) {
      case QUERY_CREATED -> OperatorFormat.readCreated(in);
      case OPERATORS_ADDED -> new OperatorsAdded(OperatorFormat.readOperators(in));
      case VARIABLES_DECLARED -> QueryFormat.readDeclared(in);
      case LAYOUTS_ADDED -> new LayoutsAdded(QueryFormat.readLayouts(in));
      case SINK_DIVIDED -> new SinkDivided(Math.toIntExact(in.readUnsigned()));
      case SINK_COMMITTED -> new SinkCommitted(in.readUnsigned());
      case RESHARD_BEGUN -> new ReshardRecord.Begun(in.readUnsigned(), QueryFormat.readLayout(in));
      case RESHARD_ENDED -> new ReshardRecord.Ended(QueryFormat.readLayout(in));
      case RESHARD_REMOVED -> new ReshardRecord.Removed(Math.toIntExact(in.readUnsigned()));
      case QUERY_RESUMED -> QueryFormat.readResumed(in);
      case EPOCH_PLANNED -> new EpochPlanned(PlanFormat.read(in));
      case EPOCH_COMMITTED -> new EpochCommitted(QueryFormat.readCommit(in, 1));
      case EPOCH_COMMITTED_2 -> new EpochCommitted(QueryFormat.readCommit(in, 2));
      case QUERY_SNAPSHOT -> QueryFormat.readSnapshot(in, 1);
      case QUERY_SNAPSHOT_2 -> QueryFormat.readSnapshot(in, 2);
      case QUERY_SNAPSHOT_3 -> QueryFormat.readSnapshot(in, 3);
      case QUERY_SNAPSHOT_4 -> QueryFormat.readSnapshot(in, 4);
      case SHARD_OWNED ->
          new ShardOwned(in.readUnsigned(), in.readUnsigned(), VariableFormat.readNumbers(in));
      case SHARD_CHANGED -> new ShardChanged(part(in), ShardFormat.readChange(in));
      case SHARD_CHANGED_PART -> new ShardChangedPart(part(in), ShardFormat.readChange(in));
      case SHARD_INPUTS -> new InputsRecorded(part(in), ShardFormat.readInputs(in));
      case SHARD_DEAD_LETTERS ->
          new DeadLettersRecorded(part(in), FailureFormat.readDeadLetters(in));
      case SHARD_PARKS -> new ParksChanged(part(in), FailureFormat.readParks(in));
      case SHARD_PARK_REQUEST -> FailureFormat.readRequested(in);
      case SHARD_PARKS_SNAPSHOT_PART -> new ParksSnapshotPart(FailureFormat.readParkChanges(in));
      case SHARD_SNAPSHOT_PART ->
          new ShardSnapshotPart(in.readUnsigned(), ShardFormat.readSnapshotPart(in));
      case INBOX_OPENED -> new InboxOpened(in.readUnsigned());
      case INBOX_MESSAGES -> InboxFormat.readMessages(in);
      case SNAPSHOT_MARK -> new SnapshotMark(in.readUnsigned());
      default -> throw new IllegalArgumentException("unknown manifest");
    };
  }

  /** Returns the number of a record among those of its epoch. */
  private static int part(BinaryInput in) {
    return Math.toIntExact(in.readUnsigned());
  }

  private static SerializationException damaged(
      String manifest, byte[] bytes, @Nullable RuntimeException cause) {
    return new SerializationException(
        manifest,
        "journal record must be of a known version and whole, was [%s, %d bytes]; use a newer Vellamo"
                .formatted(manifest, bytes.length)
            + " or restore the journal",
        cause);
  }
}
