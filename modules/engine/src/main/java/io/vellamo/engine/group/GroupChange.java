package io.vellamo.engine.group;

import io.vellamo.engine.variable.PendingVariables;
import io.vellamo.engine.variable.VariableChange;
import io.vellamo.engine.variable.VariableChange.AllCleared;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes and rows of one call of the user's function for a group.
 *
 * @param key the group
 * @param effect the effect on the group's entry
 * @param state the new state if {@code effect} is {@link Effect#STATE}, else null
 * @param timeoutMillis the new timeout, null for none
 * @param variables the changes of variables and timers if {@code effect} is {@link
 *     Effect#VARIABLES}, else empty
 * @param rows the rows that the call emitted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a wrapper costs an object per group
public record GroupChange(
    GroupKey key,
    Effect effect,
    byte @Nullable [] state,
    @Nullable Long timeoutMillis,
    List<VariableChange> variables,
    List<StoredValue> rows) {

  /** Bytes for lengths, effect and timeout. */
  private static final int OVERHEAD = 10;

  /** The effect of a call on a group's entry. */
  public enum Effect {
    /** No change of state or timeout. */
    NONE,
    /** A new state, with the given timeout. */
    STATE,
    /** No state, with the given timeout. */
    TIMEOUT_WITHOUT_STATE,
    /** The state as before, with the given timeout. */
    TIMEOUT,
    /** The entry is removed. */
    REMOVED,
    /** The variables and timers of a group are changed. */
    VARIABLES
  }

  /** Creates a change of a state or timeout. */
  public GroupChange(
      GroupKey key,
      Effect effect,
      byte @Nullable [] state,
      @Nullable Long timeoutMillis,
      List<StoredValue> rows) {
    this(key, effect, state, timeoutMillis, List.of(), rows);
  }

  /** Returns a change of variables; the group must not be empty after it. */
  public static GroupChange of(
      GroupKey key, List<VariableChange> variables, List<StoredValue> rows) {
    Effect effect = variables.isEmpty() ? Effect.NONE : Effect.VARIABLES;
    return new GroupChange(key, effect, null, null, variables, rows);
  }

  /**
   * Returns the group's entry after this change, which is not acknowledged yet: variables of the
   * entry before it are not changed.
   */
  public GroupEntry applyTo(GroupEntry before) {
    return switch (effect) {
      case NONE -> before;
      case STATE -> GroupEntry.of(state, timeoutMillis);
      case TIMEOUT_WITHOUT_STATE -> GroupEntry.of(null, timeoutMillis);
      case TIMEOUT -> GroupEntry.of(before.state(), timeoutMillis);
      case REMOVED -> GroupEntry.EMPTY;
      case VARIABLES -> GroupEntry.of(before.variables().after(variables));
    };
  }

  /**
   * Returns the group's entry after this change, which is one of several calls.
   *
   * @param before the result for the preceding call or of {@link GroupEntry#beforeCalls}; must not
   *     be used any more, so that many calls don't leave as many layers of changes
   */
  GroupEntry applyWithinCalls(GroupEntry before) {
    if (effect == Effect.VARIABLES && before.variables() instanceof PendingVariables pending) {
      pending.apply(variables);
      return before;
    }
    return applyTo(before);
  }

  /**
   * Returns the epoch of the state after this change, as {@link GroupEntry#stateEpoch}.
   *
   * @param before the group's entry before this change
   * @param epoch the epoch of this change
   */
  public long stateEpochAfter(GroupEntry before, long epoch) {
    return switch (effect) {
      case NONE, TIMEOUT -> before.stateEpoch();
      case STATE -> epoch;
      case TIMEOUT_WITHOUT_STATE, REMOVED, VARIABLES -> GroupEntry.NO_EPOCH;
    };
  }

  /**
   * Returns the combination of this change and the group's next one, with the rows of both in
   * order.
   */
  public GroupChange then(GroupChange next) {
    List<StoredValue> allRows = new ArrayList<>(rows);
    allRows.addAll(next.rows);
    return switch (next.effect) {
      case NONE -> new GroupChange(key, effect, state, timeoutMillis, variables, allRows);
      case TIMEOUT -> {
        Effect both = effect == Effect.STATE ? Effect.STATE : Effect.TIMEOUT;
        yield new GroupChange(key, both, state, next.timeoutMillis, allRows);
      }
      case STATE, TIMEOUT_WITHOUT_STATE, REMOVED ->
          new GroupChange(key, next.effect, next.state, next.timeoutMillis, allRows);
      case VARIABLES -> {
        List<VariableChange> all = new ArrayList<>(variables);
        if (effect == Effect.REMOVED) {
          all.add(new AllCleared());
        }
        all.addAll(next.variables);
        yield new GroupChange(key, Effect.VARIABLES, null, null, all, allRows);
      }
    };
  }

  /** Returns the approximate size in the journal. */
  public long size() {
    long size = sizeWithoutRows();
    // Indexed: most changes have no rows, and an iterator for each was a tenth of all allocation.
    for (int i = 0; i < rows.size(); i++) {
      size += rows.get(i).size();
    }
    return size;
  }

  private long sizeWithoutRows() {
    long size = (long) key.bytes().length + (state == null ? 0 : state.length) + OVERHEAD;
    for (int i = 0; i < variables.size(); i++) {
      size += variables.get(i).size();
    }
    return size;
  }

  /**
   * Returns this change in pieces of at most {@code maxSize}, unless a single row, change of a
   * variable, or the state is larger. Rows and changes of variables are in order; the effect on a
   * single state is in the last piece.
   */
  public List<GroupChange> split(long maxSize) {
    List<GroupChange> pieces = new ArrayList<>();
    List<VariableChange> rest = variables;
    long room = maxSize - key.bytes().length - OVERHEAD;
    if (!variables.isEmpty()) {
      List<List<VariableChange>> runs = Pieces.of(variables, VariableChange::size, room);
      rest = runs.get(runs.size() - 1);
      for (List<VariableChange> run : runs.subList(0, runs.size() - 1)) {
        pieces.add(of(key, run, List.of()));
      }
    }
    GroupChange last = new GroupChange(key, effect, state, timeoutMillis, rest, List.of());
    List<List<StoredValue>> runs =
        Pieces.of(rows, StoredValue::size, maxSize - last.sizeWithoutRows());
    for (List<StoredValue> run : runs.subList(0, runs.size() - 1)) {
      pieces.add(new GroupChange(key, Effect.NONE, null, null, run));
    }
    pieces.add(new GroupChange(key, effect, state, timeoutMillis, rest, runs.get(runs.size() - 1)));
    return pieces;
  }

  /** Returns whether there is nothing to persist. */
  public boolean isNothing() {
    return effect == Effect.NONE && rows.isEmpty();
  }
}
