package io.vellamo.persistence.journal;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layout of the records of a shard. */
final class ShardFormat {
  /** Indices in this list are written to the journal: append new effects, never move one. */
  private static final List<Effect> EFFECTS =
      List.of(
          Effect.NONE,
          Effect.STATE,
          Effect.TIMEOUT_WITHOUT_STATE,
          Effect.TIMEOUT,
          Effect.REMOVED,
          Effect.VARIABLES);

  private static final int WITHOUT_STATE = 0;
  private static final int WITH_STATE = 1;
  private static final int WITH_VARIABLES = 2;

  private ShardFormat() {}

  static void writeChange(ShardChange change, BinaryOutput out) {
    out.writeUnsigned(change.incarnation());
    out.writeUnsigned(change.epoch());
    ValueClasses classes = new ValueClasses();
    out.writeUnsigned(change.groups().size());
    for (GroupChange group : change.groups()) {
      out.writeBytes(group.key().bytes());
      out.writeByte(EFFECTS.indexOf(group.effect()));
      byte[] state = group.state();
      if (state != null) {
        out.writeBytes(state);
      }
      if (group.effect() == Effect.VARIABLES) {
        VariableFormat.write(group.variables(), out);
      } else {
        out.writeNullable(group.timeoutMillis());
      }
      classes.write(group.rows(), out);
    }
    Expired expired = change.expired();
    out.writeByte(expired == null ? 0 : 1);
    if (expired != null) {
      out.writeSigned(expired.eventTimeMillis());
      out.writeSigned(expired.processingTimeMillis());
    }
  }

  static ShardChange readChange(BinaryInput in) {
    long incarnation = in.readUnsigned();
    long epoch = in.readUnsigned();
    ValueClasses classes = new ValueClasses();
    int count = in.readCount();
    List<GroupChange> groups = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      GroupKey key = GroupKey.of(in.readBytes());
      Effect effect = EFFECTS.get(in.readByte());
      byte @Nullable [] state = effect == Effect.STATE ? in.readBytes() : null;
      if (effect == Effect.VARIABLES) {
        groups.add(GroupChange.of(key, VariableFormat.read(in), classes.read(in)));
      } else {
        Long timeoutMillis = in.readNullable();
        groups.add(new GroupChange(key, effect, state, timeoutMillis, classes.read(in)));
      }
    }
    Expired expired = in.readByte() == 0 ? null : new Expired(in.readSigned(), in.readSigned());
    return new ShardChange(incarnation, epoch, groups, expired);
  }

  static void writeInputs(ShardInputs inputs, BinaryOutput out) {
    out.writeUnsigned(inputs.incarnation());
    out.writeUnsigned(inputs.epoch());
    ValueClasses classes = new ValueClasses();
    out.writeUnsigned(inputs.groups().size());
    for (GroupInputs group : inputs.groups()) {
      out.writeBytes(group.key().bytes());
      classes.write(group.events(), out);
    }
  }

  static ShardInputs readInputs(BinaryInput in) {
    long incarnation = in.readUnsigned();
    long epoch = in.readUnsigned();
    ValueClasses classes = new ValueClasses();
    int count = in.readCount();
    List<GroupInputs> groups = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      groups.add(new GroupInputs(GroupKey.of(in.readBytes()), classes.read(in)));
    }
    return new ShardInputs(incarnation, epoch, groups);
  }

  static void writeSnapshotPart(SnapshotPart part, BinaryOutput out) {
    out.writeByte(part.last() ? 1 : 0);
    out.writeUnsigned(part.groups().size());
    for (SnapshotPart.Group group : part.groups()) {
      out.writeBytes(group.key().bytes());
      byte[] state = group.entry().state();
      if (group.hasVariables()) {
        out.writeByte(WITH_VARIABLES);
        VariableFormat.write(group.contents(), out);
        continue;
      }
      out.writeByte(state == null ? WITHOUT_STATE : WITH_STATE);
      if (state != null) {
        out.writeBytes(state);
      }
      out.writeNullable(group.entry().timeoutMillis());
    }
  }

  static SnapshotPart readSnapshotPart(BinaryInput in) {
    boolean last = in.readByte() != 0;
    return new SnapshotPart(readGroups(in), last);
  }

  private static List<SnapshotPart.Group> readGroups(BinaryInput in) {
    int count = in.readCount();
    List<SnapshotPart.Group> groups = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      GroupKey key = GroupKey.of(in.readBytes());
      int content = in.readByte();
      if (content == WITH_VARIABLES) {
        groups.add(new SnapshotPart.Group(key, GroupEntry.EMPTY, VariableFormat.read(in)));
        continue;
      }
      byte @Nullable [] state = content == WITHOUT_STATE ? null : in.readBytes();
      groups.add(new SnapshotPart.Group(key, GroupEntry.of(state, in.readNullable())));
    }
    return groups;
  }
}
