package io.vellamo.testkit;

import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import java.util.ArrayList;
import java.util.List;

/** The checks of single calls, with their messages. */
final class CallChecks {
  private final Script script;

  CallChecks(Script script) {
    this.script = script;
  }

  /** Fails if a call changed a state in place without updating it. */
  void requireStateUntouched(
      String where, HarnessCall call, StepOutcome stepped, WatchedStateCodec<?> states) {
    Effect effect = stepped.change().effect();
    boolean leftAlone = effect == Effect.NONE || effect == Effect.TIMEOUT;
    if (leftAlone && states.hasChanged()) {
      throw new AssertionError(
          ("%s: the state must be changed by update only, group [%s] has changed it in place, which"
                  + " is never kept; call update, or work on a copy")
              .formatted(where, call.userKey()));
    }
  }

  /** Fails if a repeated call gives other rows or another state or timeout. */
  void requireSame(String where, HarnessCall call, StepOutcome first, StepOutcome second) {
    if (!GroupRow.sameInOrder(rows(first), rows(second))) {
      throw differs(where, call, "rows", rows(first), rows(second));
    }
    GroupEntry one = first.change().applyTo(call.before());
    GroupEntry other = second.change().applyTo(call.before());
    if (!script.same(one, other)) {
      throw differs(where, call, "state and timeout", script.text(one), script.text(other));
    }
  }

  /** Fails if the rows that a shard reads back differ from the rows that its epoch emitted. */
  void requireSameFromMemory(String where, List<GroupRow> emitted, List<Object> read) {
    ValueCodec codec = script.operator().rowCodec();
    for (int i = 0; i < read.size(); i++) {
      GroupRow again = GroupRow.of(read.get(i), codec);
      GroupRow row = emitted.get(i);
      if (!row.sameAs(again)) {
        throw new AssertionError(
            ("%s: row [%s] must be the same when read from the journal, was [%s]; likely class [%s]"
                    + " loses something when Jackson writes and reads it")
                .formatted(where, row, again, row.row().getClass().getName()));
      }
    }
  }

  /** Returns the rows of a call. */
  List<GroupRow> rows(StepOutcome stepped) {
    List<StoredValue> stored = stepped.change().rows();
    List<GroupRow> rows = new ArrayList<>(stored.size());
    for (int i = 0; i < stored.size(); i++) {
      rows.add(new GroupRow(stepped.rows().get(i), stored.get(i), script.operator().rowCodec()));
    }
    return rows;
  }

  private static AssertionError differs(
      String where, HarnessCall call, String what, Object first, Object second) {
    return new AssertionError(
        "%s: %s of group [%s] must be the same in both calls, were [%s] and [%s]; likely %s"
            .formatted(
                where, what, call.userKey(), first, second, HarnessMode.TWICE.likelyCause()));
  }
}
