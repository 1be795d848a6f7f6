package io.vellamo.engine.variable;

import io.vellamo.engine.variable.VariableChange.Put;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walk through all entries of a group, in pieces between which they may change. It meets all
 * entries that exist from its beginning to its end, each as it is when the walk reaches it.
 *
 * <p><b>Cost</b> One reference per entry of the map that it is in.
 */
public final class VariablesWalk {
  private int variable;
  private @Nullable SlotWalk walk;
  private boolean isDone;

  /**
   * Returns the next entries.
   *
   * @param group the group's variables as they are now
   * @param maxSize the maximum size; exceeded only by a single entry
   */
  public List<VariableChange> next(GroupVariables group, long maxSize) {
    List<VariableChange> piece = new ArrayList<>();
    long size = 0;
    while (variable < group.end() && size < maxSize) {
      Put put = step(group);
      if (put != null) {
        piece.add(put);
        size += put.size();
      }
    }
    isDone = variable >= group.end();
    return piece;
  }

  private @Nullable Put step(GroupVariables group) {
    SlotType type = group.type(variable);
    if (walk == null) {
      walk = group.walk(variable);
    }
    SlotEntry entry = walk == null ? null : group.next(variable, walk);
    if (entry == null || type == null) {
      walk = null;
      variable++;
      return null;
    }
    return new Put(variable, type, entry);
  }

  /** Returns whether all entries have been returned. */
  public boolean isDone() {
    return isDone;
  }
}
