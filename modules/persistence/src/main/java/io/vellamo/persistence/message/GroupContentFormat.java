package io.vellamo.persistence.message;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.shard.GroupContent.VariableContent;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.journal.VariableFormat;
import java.util.Optional;

/**
 * The layout of the content of a query's groups. States and values are bytes of the codecs already.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class GroupContentFormat {
  private final ParkedGroupsForm parkedGroups;

  private GroupContentFormat(ParkedGroupsForm parkedGroups) {
    this.parkedGroups = parkedGroups;
  }

  static GroupContentFormat of(PreparedQuery query) {
    return new GroupContentFormat(ParkedGroupsForm.of(query));
  }

  void write(GroupContent group, BinaryOutput out) {
    out.writeBytes(group.key().bytes());
    ListFormat.<byte[]>write(
        Optional.ofNullable(group.state()), (state, into) -> into.writeBytes(state), out);
    out.writeNullable(group.timeoutMillis());
    ListFormat.write(group.variables(), GroupContentFormat::writeVariable, out);
    ListFormat.write(Optional.ofNullable(group.parked()), parkedGroups::write, out);
  }

  GroupContent read(BinaryInput in) {
    return GroupContent.of(
        GroupKey.of(in.readBytes()),
        ListFormat.readOptional(BinaryInput::readBytes, in),
        in.readNullable(),
        ListFormat.read(GroupContentFormat::readVariable, in),
        ListFormat.readOptional(parkedGroups::readGroup, in).orElse(null));
  }

  private static void writeVariable(VariableContent variable, BinaryOutput out) {
    out.writeText(variable.name());
    VariableFormat.write(variable.type(), variable.entries(), out);
  }

  private static VariableContent readVariable(BinaryInput in) {
    String name = in.readText();
    SlotType type = VariableFormat.readType(in);
    return new VariableContent(name, type, VariableFormat.readEntries(type, in));
  }
}
