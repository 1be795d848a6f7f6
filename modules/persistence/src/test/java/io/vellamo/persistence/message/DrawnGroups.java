package io.vellamo.persistence.message;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.query.GroupAnswer;
import io.vellamo.engine.protocol.query.GroupAnswer.Committed;
import io.vellamo.engine.protocol.query.GroupPosition;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.shard.GroupContent.VariableContent;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Groups of every kind, with components that a seed draws. */
final class DrawnGroups {
  private final Draw draw;
  private final DrawnMessages messages;

  DrawnGroups(Draw draw) {
    this.draw = draw;
    this.messages = new DrawnMessages(draw);
  }

  GroupAnswer answer() {
    return new GroupAnswer(
        draw.some(() -> new Committed(messages.times(draw.number()), group())),
        draw.chance() ? null : position());
  }

  GroupPosition position() {
    return new GroupPosition(draw.count(), draw.chance() ? null : GroupKey.of(draw.bytes()));
  }

  GroupContent group() {
    return GroupContent.of(
        GroupKey.of(draw.bytes()),
        draw.chance() ? Optional.empty() : Optional.of(draw.bytes()),
        draw.nullable(),
        draw.some(this::variable),
        draw.chance() ? null : messages.parkedGroup());
  }

  private VariableContent variable() {
    Kind kind = draw.one(List.of(Kind.values()));
    boolean isTimed = kind == Kind.TIMERS || draw.chance();
    @Nullable TimeDomain domain = isTimed ? draw.one(Arrays.asList(TimeDomain.values())) : null;
    SlotType type = new SlotType(kind, domain);
    return new VariableContent("v" + draw.text(), type, draw.some(() -> entry(type)));
  }

  /** Draws an entry as a variable of a type has them. */
  private SlotEntry entry(SlotType type) {
    boolean hasKey = type.kind() == Kind.MAP || type.kind() == Kind.TIMERS;
    return new SlotEntry(
        hasKey ? EntryKey.of(draw.bytes()) : EntryKey.NONE,
        type.kind() == Kind.VALUE ? 0 : draw.number(),
        type.kind() == Kind.TIMERS ? new byte[0] : draw.bytes(),
        type.domain() == null || draw.chance() ? SlotEntry.NEVER : draw.signed());
  }
}
