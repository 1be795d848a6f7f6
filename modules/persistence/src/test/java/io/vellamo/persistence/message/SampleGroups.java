package io.vellamo.persistence.message;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.query.ParkedGroup;
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
import java.util.List;
import java.util.Optional;

/** Groups that nodes exchange: with a state, with variables and timers, and one that is parked. */
final class SampleGroups {
  private static final byte[] NOTHING = {};
  private static final EntryKey KEY = EntryKey.of(new byte[] {5});

  static final GroupContent WITH_STATE =
      new GroupContent(GroupKey.of(new byte[] {1}), new byte[] {7, -7}, 300L, List.of(), null);

  static final GroupContent WITH_VARIABLES =
      GroupContent.of(
          GroupKey.of(new byte[] {2}),
          Optional.empty(),
          null,
          List.of(
              new VariableContent(
                  "value",
                  new SlotType(Kind.VALUE, null),
                  List.of(new SlotEntry(EntryKey.NONE, 0, new byte[] {1}, SlotEntry.NEVER))),
              new VariableContent(
                  "list",
                  new SlotType(Kind.LIST, TimeDomain.PROCESSING_TIME),
                  List.of(
                      new SlotEntry(EntryKey.NONE, 300, new byte[] {2}, -1),
                      new SlotEntry(EntryKey.NONE, 301, NOTHING, SlotEntry.NEVER))),
              new VariableContent(
                  "map",
                  new SlotType(Kind.MAP, TimeDomain.EVENT_TIME),
                  List.of(new SlotEntry(KEY, 1, new byte[] {3}, 300))),
              new VariableContent(
                  "timers",
                  new SlotType(Kind.TIMERS, TimeDomain.EVENT_TIME),
                  List.of(new SlotEntry(KEY, 2, NOTHING, 129)))),
          null);

  static final GroupContent PARKED =
      GroupContent.of(
          GroupKey.of(new byte[] {3}),
          Optional.empty(),
          null,
          List.of(),
          new ParkedGroup("totals", 5L, 7, "E at X", Optional.of("why"), 300));

  static final GroupAnswer ANSWER =
      new GroupAnswer(
          List.of(
              new Committed(SampleMessages.TIMES, WITH_STATE),
              new Committed(SampleMessages.TIMES, WITH_VARIABLES),
              new Committed(SampleMessages.TIMES, PARKED)),
          new GroupPosition(1, GroupKey.of(new byte[] {3})));

  static final GroupAnswer NO_GROUPS = new GroupAnswer(List.of(), null);

  private SampleGroups() {}
}
