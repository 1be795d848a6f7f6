package io.vellamo.engine.shard;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of a group, copied from its shard: a value that can be sent to any node of the query.
 *
 * @param key the group
 * @param state its serialized state; not copied, must not change; null if there is none
 * @param timeoutMillis its timeout; null if there is none
 * @param variables its variables and timers that have entries, in the order of their numbers
 * @param parked the reason for which it is parked; null if it is not parked
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GroupContent(
    GroupKey key,
    byte @Nullable [] state,
    @Nullable Long timeoutMillis,
    List<VariableContent> variables,
    @Nullable ParkedGroup parked) {
  private static final int OVERHEAD = 16;

  /** Copies the variables. */
  public GroupContent {
    variables = List.copyOf(variables);
  }

  /** Creates the content of a group that may have a state. */
  public static GroupContent of(
      GroupKey key,
      Optional<byte[]> state,
      @Nullable Long timeoutMillis,
      List<VariableContent> variables,
      @Nullable ParkedGroup parked) {
    return new GroupContent(
        key, state.isPresent() ? state.get() : null, timeoutMillis, variables, parked);
  }

  /**
   * The entries of a variable of a group, or its timers of one name.
   *
   * @param name its name, which the journals of all shards and all programs share
   * @param type its type
   * @param entries its entries in their order, including those that have expired and are not
   *     removed yet
   */
  public record VariableContent(String name, SlotType type, List<SlotEntry> entries) {
    /** Copies the entries. */
    public VariableContent {
      entries = List.copyOf(entries);
    }

    private long size() {
      long size = (long) name.length() + OVERHEAD;
      for (SlotEntry entry : entries) {
        size += (long) entry.key().bytes().length + entry.value().length + OVERHEAD;
      }
      return size;
    }
  }

  /** Returns whether the group has neither state, timeout, variables nor timers, nor is parked. */
  public boolean isEmpty() {
    return state == null && timeoutMillis == null && variables.isEmpty() && parked == null;
  }

  /** Returns the approximate size in a message. */
  public long size() {
    long size = (long) key.bytes().length + (state == null ? 0 : state.length) + OVERHEAD;
    for (VariableContent variable : variables) {
      size += variable.size();
    }
    return size;
  }

  /** Names the sizes only: a state must not reach a log. */
  @Override
  public String toString() {
    return "GroupContent[" + key + ", " + size() + " bytes]";
  }
}
