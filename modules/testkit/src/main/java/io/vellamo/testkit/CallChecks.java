package io.vellamo.testkit;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayList;
import java.util.List;

/** The checks of single calls, with their messages. */
final class CallChecks {
  private final Script script;

  CallChecks(Script script) {
    this.script = script;
  }

  /** Fails if a call changed a state, or a value of a variable, in place without writing it. */
  void requireUntouched(
      String where, HarnessCall call, StepOutcome stepped, WatchedCodecs watched) {
    String changed = watched.changedInPlace(stepped.change());
    if (changed != null) {
      String remedy = script.operator().variables() == null ? "call update" : "write it back";
      throw new AssertionError(
          ("%s: the %s must be changed by %s only, group [%s] has changed it in place, which"
                  + " is never kept; %s, or work on a copy")
              .formatted(
                  where,
                  changed,
                  script.operator().variables() == null ? "update" : "its methods",
                  call.userKey(),
                  remedy));
    }
  }

  /** Fails if a repeated call gives other rows or another entry of its group. */
  void requireSame(
      String where, HarnessCall call, StepOutcome first, StepOutcome second, EpochTimes times) {
    if (!GroupRow.sameInOrder(rows(first), rows(second))) {
      throw differs(where, call, "rows", rows(first), rows(second));
    }
    GroupEntry one = script.after(first.change(), call.before(), times);
    GroupEntry other = script.after(second.change(), call.before(), times);
    if (!script.same(one, other)) {
      throw differs(where, call, script.contents(), script.text(one), script.text(other));
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
      rows.add(GroupRow.of(stepped.rows().get(i), stored.get(i), script.operator().rowCodec()));
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
