package io.vellamo.engine.shard;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotView;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of a shard that the program can't read.
 *
 * @param count the number of them, at least one
 * @param states the number of all states of the shard
 * @param first the smallest key among their groups
 * @param failure the failure to read the state of that group
 */
public record UnreadableStates(
    long count, long states, GroupKey first, SerializationException failure) {

  /**
   * Returns the unreadable states of a shard, or null if all can be read.
   *
   * <p><b>Cost</b> Reads every state once and keeps none.
   */
  public static @Nullable UnreadableStates find(
      ShardLedger ledger, GroupOperator<?, ?, ?, ?> operator) {
    UnreadableStates found = null;
    long states = 0;
    long count = 0;
    for (Map.Entry<GroupKey, GroupEntry> group : ledger.groups().entrySet()) {
      if (group.getValue().state() == null && group.getValue().keptVariables() == null) {
        continue;
      }
      states++;
      SerializationException failure = failure(group.getValue(), operator);
      if (failure != null) {
        count++;
        if (found == null || group.getKey().compareTo(found.first) < 0) {
          found = new UnreadableStates(count, states, group.getKey(), failure);
        }
      }
    }
    return found == null ? null : new UnreadableStates(count, states, found.first, found.failure);
  }

  private static @Nullable SerializationException failure(
      GroupEntry entry, GroupOperator<?, ?, ?, ?> operator) {
    byte[] state = entry.state();
    GroupVariables variables = entry.keptVariables();
    DeclaredVariables declared = operator.variables();
    if (state != null) {
      return failure(() -> operator.stateCodec().read(state));
    }
    if (variables != null && declared != null) {
      for (DeclaredVariable variable : declared.variables()) {
        SerializationException failure = failure(variables.slot(variable.number()), variable);
        if (failure != null) {
          return failure;
        }
      }
    }
    return null;
  }

  private static @Nullable SerializationException failure(
      @Nullable SlotView slot, DeclaredVariable variable) {
    if (slot == null) {
      return null;
    }
    for (Iterator<SlotEntry> entries = slot.entries(); entries.hasNext(); ) {
      SlotEntry entry = entries.next();
      SerializationException failure = failure(() -> variable.requireReadable(entry));
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private static @Nullable SerializationException failure(Runnable read) {
    try {
      read.run();
      return null;
    } catch (SerializationException e) {
      return e;
    }
  }

  /** Returns a description for a message. */
  public String message(KeyCodec keys) {
    return "the states of [%d] groups of [%d] can't be read, the first is that of group [%s]: %s"
        .formatted(count, states, keys.read(first), failure.getMessage());
  }
}
