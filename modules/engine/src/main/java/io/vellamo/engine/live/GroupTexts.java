package io.vellamo.engine.live;

import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.shard.GroupContent;

/**
 * A writer of groups as text, made without the users' classes.
 *
 * <p><b>Threading</b> Safe to share.
 */
@FunctionalInterface
public interface GroupTexts {
  /**
   * Returns a group as a JSON object on one line.
   *
   * @param operator the operator that keeps it
   * @param name the operator's name
   * @param epoch the committed epoch as of which it is shown
   * @param group the group, without entries that have expired
   */
  String json(GroupOperator<?, ?, ?, ?> operator, String name, long epoch, GroupContent group);
}
