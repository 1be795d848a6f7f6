package io.vellamo.engine.variable;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.variable.SlotType.Kind;
import io.vellamo.engine.variable.VariableChange.AllCleared;
import io.vellamo.engine.variable.VariableChange.Cleared;
import io.vellamo.engine.variable.VariableChange.DroppedUntil;
import io.vellamo.engine.variable.VariableChange.Put;
import io.vellamo.engine.variable.VariableChange.Removed;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variables and timers of a group that a shard keeps.
 *
 * <p>Changed in place, so that a change of one entry of a large map costs as much as one of a small
 * map: only acknowledged changes are applied.
 *
 * <p><b>Threading</b> Changed by one thread while no call reads it.
 */
public final class GroupVariables implements VariablesView {
  private @Nullable Slot[] slots = new Slot[0];
  private long bytes;

  @Override
  public @Nullable SlotView slot(int variable) {
    return kept(variable);
  }

  private @Nullable Slot kept(int variable) {
    return variable < slots.length ? slots[variable] : null;
  }

  @Override
  public int end() {
    return slots.length;
  }

  /** Returns the type of a variable; null if it has no entries. */
  public @Nullable SlotType type(int variable) {
    Slot slot = kept(variable);
    return slot == null ? null : slot.type();
  }

  /** Returns the approximate size in the journal. */
  public long bytes() {
    return bytes;
  }

  /** Applies acknowledged changes. */
  public void apply(List<VariableChange> changes) {
    for (VariableChange change : changes) {
      apply(change);
    }
  }

  private void apply(VariableChange change) {
    if (change instanceof Put put) {
      Slot slot = slotFor(put);
      bytes -= slot.bytes();
      slot.put(put.entry());
      bytes += slot.bytes();
    } else if (change instanceof Cleared cleared) {
      clear(cleared.variable());
    } else if (change instanceof AllCleared) {
      slots = new Slot[0];
      bytes = 0;
    } else {
      Slot slot = kept(change.variable());
      if (slot != null) {
        bytes -= slot.bytes();
        if (change instanceof Removed removed) {
          slot.remove(removed.key());
        } else if (change instanceof DroppedUntil dropped) {
          slot.dropUntil(dropped.number());
        } else {
          throw new AssertionError("unhandled " + change.getClass());
        }
        bytes += slot.bytes();
        clearIfEmpty(change.variable(), slot);
      }
    }
  }

  private Slot slotFor(Put put) {
    int variable = put.variable();
    if (variable >= slots.length) {
      slots = Arrays.copyOf(slots, variable + 1);
    }
    Slot slot = slots[variable];
    if (slot == null) {
      slot = Slot.of(put.type());
      slots[variable] = slot;
    }
    return slot;
  }

  private void clear(int variable) {
    Slot slot = kept(variable);
    if (slot != null) {
      bytes -= slot.bytes();
      slots[variable] = null;
    }
  }

  private void clearIfEmpty(int variable, Slot slot) {
    if (slot.size() == 0) {
      slots[variable] = null;
    }
  }

  /** Adds the numbers of the variables that have entries. */
  public void addNumbers(BitSet numbers) {
    for (int variable = 0; variable < slots.length; variable++) {
      if (slots[variable] != null) {
        numbers.set(variable);
      }
    }
  }

  /** Removes the entries that have expired at a time of a clock. */
  public void expire(TimeDomain domain, long millis) {
    for (int variable = 0; variable < slots.length; variable++) {
      Slot slot = slots[variable];
      if (slot != null && slot.type().expires() && slot.type().domain() == domain) {
        bytes -= slot.bytes();
        slot.expire(millis);
        bytes += slot.bytes();
        clearIfEmpty(variable, slot);
      }
    }
  }

  /** Returns whether entries of any variable have due times. */
  public boolean isTimed() {
    for (Slot slot : slots) {
      if (slot != null && slot.type().domain() != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the earliest time at which a timer of a clock fires; {@link SlotEntry#NEVER} if none.
   */
  public long firstTimerMillis(TimeDomain domain) {
    return first(domain, true);
  }

  /**
   * Returns the earliest time of a clock at which an entry expires; {@link SlotEntry#NEVER} if
   * none.
   */
  public long firstExpiryMillis(TimeDomain domain) {
    return first(domain, false);
  }

  private long first(TimeDomain domain, boolean ofTimers) {
    long first = SlotEntry.NEVER;
    for (Slot slot : slots) {
      if (slot != null
          && slot.type().domain() == domain
          && (slot.type().kind() == Kind.TIMERS) == ofTimers) {
        first = Math.min(first, slot.firstDueMillis());
      }
    }
    return first;
  }

  /** Restores the order of entries after those of a snapshot were put out of order. */
  public void settle() {
    for (Slot slot : slots) {
      if (slot != null) {
        bytes -= slot.bytes();
        slot.settle();
        bytes += slot.bytes();
      }
    }
  }

  /** Returns the walk through a variable's entries, for a snapshot. */
  @Nullable SlotWalk walk(int variable) {
    Slot slot = kept(variable);
    return slot == null ? null : slot.walk();
  }

  @Nullable SlotEntry next(int variable, SlotWalk walk) {
    return walk.next(kept(variable));
  }

  /** Returns whether another group has the same entries in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof GroupVariables that && isLike(that);
  }

  private boolean isLike(GroupVariables that) {
    for (int variable = 0; variable < Math.max(end(), that.end()); variable++) {
      if (!isLike(kept(variable), that.kept(variable))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLike(@Nullable Slot one, @Nullable Slot other) {
    if (one == null || other == null) {
      return one == other;
    }
    if (one.size() != other.size() || !one.type().equals(other.type())) {
      return false;
    }
    one.settle();
    other.settle();
    Iterator<SlotEntry> theirs = other.entries();
    Iterator<SlotEntry> ours = one.entries();
    while (ours.hasNext()) {
      if (!ours.next().isLike(theirs.next())) {
        return false;
      }
    }
    return true;
  }

  /** Returns the same for all groups: groups are compared, not looked up. */
  @Override
  public int hashCode() {
    return GroupVariables.class.hashCode();
  }

  @Override
  public String toString() {
    return "GroupVariables[" + bytes + " bytes]";
  }
}
