package io.vellamo.engine.protocol.query;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group that a user's request for parked groups concerns.
 *
 * @param operator the index of its operator
 * @param key the group
 */
public record ParkTarget(int operator, GroupKey key) {
  /**
   * Returns the groups of a key in all operators; those whose keys are of another type have none.
   */
  public static List<ParkTarget> of(PreparedQuery query, @Nullable Object key) {
    List<ParkTarget> targets = new ArrayList<>();
    for (int operator = 0; operator < query.operators().size(); operator++) {
      targets.addAll(of(query, operator, key));
    }
    return targets;
  }

  /**
   * Returns the group of a key in an operator, or nothing if its keys are of another type.
   *
   * @param operator the operator's name
   * @throws IllegalArgumentException if the query has no such operator
   */
  public static List<ParkTarget> of(PreparedQuery query, String operator, @Nullable Object key) {
    return of(query, query.operatorIndex(operator), key);
  }

  private static List<ParkTarget> of(PreparedQuery query, int operator, @Nullable Object key) {
    try {
      GroupKey written = query.operators().get(operator).keyCodec().write(key);
      return List.of(new ParkTarget(operator, written));
    } catch (SerializationException e) {
      // No key of this operator.
      return List.of();
    }
  }
}
