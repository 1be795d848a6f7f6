package io.vellamo.testkit;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.PendingVariables;
import io.vellamo.engine.variable.VariablesView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recorded script, ready to run.
 *
 * @param operator the user's function and its codecs
 * @param query the stages that events pass through
 * @param rowRule how rows are compared in a mode that splits or joins calls
 * @param delayMillis the watermark delay; null if events don't move the watermark
 * @param start the processing time at the beginning
 * @param refusesMutation whether a state changed in place is an error
 * @param initial the initial rows of a processor
 * @param steps the steps, in order
 */
record Script(
    GroupOperator<Object, Object, Object, Object> operator,
    CompiledQuery query,
    RowRule rowRule,
    @Nullable Long delayMillis,
    Instant start,
    boolean refusesMutation,
    InitialGroups initial,
    List<ScriptStep> steps) {
  private static final SourcePartition PARTITION = new SourcePartition("script");

  /** The part of a group's rows that must be the same over the whole script. */
  enum RowRule {
    /** All rows, in any order: append mode. */
    ALL("rows"),
    /** The last row: functions that return one row a call. */
    LAST("last row"),
    /** No rows: update mode. */
    NONE("no rows");

    private final String text;

    RowRule(String text) {
      this.text = text;
    }

    static RowRule of(OutputMode mode, boolean oneRowEach) {
      if (oneRowEach) {
        return LAST;
      }
      return mode == OutputMode.APPEND ? ALL : NONE;
    }

    boolean isSame(List<GroupRow> some, List<GroupRow> others) {
      return switch (this) {
        case ALL -> GroupRow.sameInAnyOrder(some, others);
        case LAST -> GroupRow.sameInOrder(last(some), last(others));
        case NONE -> true;
      };
    }

    @Override
    public String toString() {
      return text;
    }

    private static List<GroupRow> last(List<GroupRow> rows) {
      return rows.subList(Math.max(rows.size() - 1, 0), rows.size());
    }
  }

  /** Returns the variables and timers of a processor; null for a function with a single state. */
  @Nullable HarnessVariables variables() {
    DeclaredVariables declared = operator.variables();
    return declared == null ? null : new HarnessVariables(declared);
  }

  /** Returns a group's entry after a change, which later changes don't affect. */
  GroupEntry after(GroupChange change, GroupEntry before, EpochTimes times) {
    if (operator.variables() == null) {
      return change.applyTo(before);
    }
    // Pending variables are changed in place, but the shard still needs those of before.
    VariablesView pending = new PendingVariables(before.variables());
    GroupEntry after = change.applyTo(GroupEntry.of(pending));
    return HarnessVariables.visible(change.key(), after, times);
  }

  /** Returns a group's entry as a call at a time would see it. */
  GroupEntry visible(GroupKey key, GroupEntry entry, EpochTimes times) {
    return operator.variables() == null ? entry : HarnessVariables.visible(key, entry, times);
  }

  /** Returns the contents of entries, for messages. */
  String contents() {
    return operator.variables() == null ? "state and timeout" : "variables and timers";
  }

  /**
   * Returns whether two entries have the same timeout or timers, and states or variables that are
   * equal or are written the same.
   */
  boolean same(GroupEntry some, GroupEntry other) {
    HarnessVariables variables = variables();
    if (variables != null) {
      return variables.same(some, other);
    }
    if (!Objects.equals(some.timeoutMillis(), other.timeoutMillis())) {
      return false;
    }
    byte[] state = some.state();
    byte[] otherState = other.state();
    if (state == null || otherState == null) {
      return state == otherState;
    }
    // Equal states may be written differently, such as a set in another order.
    return Arrays.equals(state, otherState)
        || operator.stateCodec().read(state).equals(operator.stateCodec().read(otherState));
  }

  /** Returns an entry's contents as text. */
  String text(GroupEntry entry) {
    HarnessVariables variables = variables();
    if (variables != null) {
      return variables.text(entry);
    }
    return stateText(entry) + ", " + timeoutText(entry);
  }

  /** Returns an entry's state as the {@code toString} of its class shows it. */
  String stateText(GroupEntry entry) {
    byte[] state = entry.state();
    return state == null ? "no state" : operator.stateCodec().read(state).toString();
  }

  /** Returns an entry's timeout on the operator's clock. */
  static String timeoutText(GroupEntry entry) {
    Long timeout = entry.timeoutMillis();
    return timeout == null ? "no timeout" : "timeout " + Instant.ofEpochMilli(timeout);
  }

  /** Groups events by key and drops those that are late at the epoch's times. */
  RoutedEpoch route(List<ScriptedEvent> events, EpochTimes times) {
    OffsetRange all = new OffsetRange(PARTITION, 0, steps.size());
    return route(events, new EpochPlan(List.of(all), times));
  }

  /** Groups the events of an epoch by key and drops those that are late. */
  RoutedEpoch route(List<ScriptedEvent> events, EpochPlan plan) {
    EpochRouter router = new EpochRouter(query, List.of(operator.keyCodec()), 1, plan);
    events.forEach(event -> router.event(event, 0, event.index()));
    return router.finish();
  }
}
