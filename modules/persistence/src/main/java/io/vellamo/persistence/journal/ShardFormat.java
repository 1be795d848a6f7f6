package io.vellamo.persistence.journal;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredRow;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.persistence.journal.JournalRecord.ShardSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays out the records of a shard. */
final class ShardFormat {
  /** The places of this list are written; an effect is appended, never moved. */
  private static final List<Effect> EFFECTS =
      List.of(
          Effect.NONE, Effect.STATE, Effect.TIMEOUT_WITHOUT_STATE, Effect.TIMEOUT, Effect.REMOVED);

  private ShardFormat() {}

  static void writeChange(ShardChange change, BinaryOutput out) {
    out.writeUnsigned(change.incarnation());
    out.writeUnsigned(change.epoch());
    RowClasses classes = new RowClasses();
    out.writeUnsigned(change.groups().size());
    for (GroupChange group : change.groups()) {
      out.writeBytes(group.key().bytes());
      out.writeByte(EFFECTS.indexOf(group.effect()));
      byte[] state = group.state();
      if (state != null) {
        out.writeBytes(state);
      }
      out.writeNullable(group.timeoutMillis());
      classes.write(group.rows(), out);
    }
  }

  static ShardChange readChange(BinaryInput in) {
    long incarnation = in.readUnsigned();
    long epoch = in.readUnsigned();
    RowClasses classes = new RowClasses();
    int count = in.readCount();
    List<GroupChange> groups = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      GroupKey key = GroupKey.of(in.readBytes());
      Effect effect = EFFECTS.get(in.readByte());
      byte @Nullable [] state = effect == Effect.STATE ? in.readBytes() : null;
      Long timeoutMillis = in.readNullable();
      groups.add(new GroupChange(key, effect, state, timeoutMillis, classes.read(in)));
    }
    return new ShardChange(incarnation, epoch, groups);
  }

  static void writeSnapshot(ShardSnapshot snapshot, BinaryOutput out) {
    out.writeUnsigned(snapshot.incarnation());
    out.writeUnsigned(snapshot.lastEpoch());
    new RowClasses().write(snapshot.lastRows(), out);
    out.writeUnsigned(snapshot.groups().size());
    snapshot
        .groups()
        .forEach(
            (key, entry) -> {
              out.writeBytes(key.bytes());
              byte[] state = entry.state();
              out.writeByte(state == null ? 0 : 1);
              if (state != null) {
                out.writeBytes(state);
              }
              out.writeNullable(entry.timeoutMillis());
            });
  }

  static ShardSnapshot readSnapshot(BinaryInput in) {
    long incarnation = in.readUnsigned();
    long lastEpoch = in.readUnsigned();
    List<StoredRow> rows = new RowClasses().read(in);
    int count = in.readCount();
    Map<GroupKey, GroupEntry> groups = new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      GroupKey key = GroupKey.of(in.readBytes());
      byte @Nullable [] state = in.readByte() == 0 ? null : in.readBytes();
      groups.put(key, GroupEntry.of(state, in.readNullable()));
    }
    return new ShardSnapshot(incarnation, lastEpoch, rows, groups);
  }

  /**
   * Numbers the row classes of one record, so that a name is written where it first occurs only.
   */
  private static final class RowClasses {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    void write(List<StoredRow> rows, BinaryOutput out) {
      out.writeUnsigned(rows.size());
      for (StoredRow row : rows) {
        Integer number = numbers.get(row.className());
        out.writeUnsigned(number == null ? numbers.size() : number);
        if (number == null) {
          numbers.put(row.className(), numbers.size());
          out.writeText(row.className());
        }
        out.writeBytes(row.bytes());
      }
    }

    List<StoredRow> read(BinaryInput in) {
      int count = in.readCount();
      if (count == 0) {
        return List.of();
      }
      List<StoredRow> rows = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int number = (int) in.readUnsigned();
        if (number == names.size()) {
          names.add(in.readText());
        }
        rows.add(new StoredRow(names.get(number), in.readBytes()));
      }
      return rows;
    }
  }
}
