package io.vellamo.alerts;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.ListState;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.ValueState;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one rule. Each rule has its own, named after it: rules can be added and removed
 * between two starts, like any variable.
 *
 * @param state the rule's state
 * @param pending verdicts that the watermark has not reached, in ascending order of time, at equal
 *     times in the order of arrival
 */
record RuleVariables(ValueVariable<RuleState> state, ListVariable<Verdict> pending) {
  static RuleVariables of(String rule) {
    return new RuleVariables(
        Variables.value("state:" + rule, RuleState.class),
        Variables.list("pending:" + rule, Verdict.class));
  }

  void declare(Declarations declarations, boolean withPending) {
    declarations.use(state);
    if (withPending) {
      declarations.use(pending);
    }
  }

  RuleState load(GroupContext<?> group) {
    return group.value(state).orElse(RuleState.IDLE);
  }

  void save(GroupContext<?> group, RuleState before, RuleState after) {
    ValueState<RuleState> value = group.value(state);
    if (after.equals(RuleState.IDLE)) {
      value.remove();
    } else if (!after.equals(before)) {
      value.update(after);
    }
  }

  /** Adds verdicts, at least one. */
  void addPending(GroupContext<?> group, List<Verdict> verdicts) {
    List<Verdict> sorted = new ArrayList<>(verdicts);
    sorted.sort(Comparator.comparing(Verdict::at));
    RuleState before = load(group);
    Instant last = before.lastPending();
    Instant newest = sorted.get(sorted.size() - 1).at();
    ListState<Verdict> list = group.list(pending);
    if (last == null || !sorted.get(0).at().isBefore(last)) {
      list.appendAll(sorted);
      save(group, before, before.withLastPending(newest));
      return;
    }
    List<Verdict> all = new ArrayList<>();
    list.iterator().forEachRemaining(all::add);
    all.addAll(sorted);
    all.sort(Comparator.comparing(Verdict::at));
    list.replaceWith(all);
    save(group, before, before.withLastPending(newest.isAfter(last) ? newest : last));
  }

  /**
   * Applies the pending verdicts that the watermark has reached, and removes them.
   *
   * @return the time of the first verdict that remains; null if none does
   */
  @Nullable Instant applyPending(GroupContext<?> group, Instant watermark, RuleRun run) {
    ListState<Verdict> list = group.list(pending);
    int applied = 0;
    Instant next = null;
    Iterator<Verdict> verdicts = list.iterator();
    while (next == null && verdicts.hasNext()) {
      Verdict verdict = verdicts.next();
      if (verdict.at().isAfter(watermark)) {
        next = verdict.at();
      } else {
        run.apply(verdict);
        applied++;
      }
    }
    if (next == null) {
      list.clear();
    } else if (applied > 0) {
      list.keepLast(list.size() - applied);
    }
    return next;
  }
}
