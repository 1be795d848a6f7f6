package io.vellamo.persistence.message;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layout of the initial states of a shard's groups, in their order. */
final class InitialGroupsFormat {
  private InitialGroupsFormat() {}

  static void write(InitialGroups groups, BinaryOutput out) {
    out.writeUnsigned(groups.states().size());
    groups
        .states()
        .forEach(
            (key, state) -> {
              out.writeBytes(key.bytes());
              out.writeBytes(state);
            });
    out.writeUnsigned(groups.rows().size());
    groups
        .rows()
        .forEach(
            (key, rows) -> {
              out.writeBytes(key.bytes());
              ListFormat.<byte[]>write(rows, (row, into) -> into.writeBytes(row), out);
            });
    out.writeByte(groups.calledOnlyWithEvents() ? 1 : 0);
  }

  static InitialGroups read(BinaryInput in) {
    // Groups are called in the order of the maps, which must be that of the node that wrote them.
    Map<GroupKey, byte[]> states = new LinkedHashMap<>();
    for (int left = in.readCount(); left > 0; left--) {
      states.put(GroupKey.of(in.readBytes()), in.readBytes());
    }
    Map<GroupKey, List<byte[]>> rows = new LinkedHashMap<>();
    for (int left = in.readCount(); left > 0; left--) {
      rows.put(GroupKey.of(in.readBytes()), ListFormat.read(BinaryInput::readBytes, in));
    }
    return new InitialGroups(states, rows, in.readByte() != 0);
  }
}
