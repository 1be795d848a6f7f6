package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.StoredRow;
import java.util.List;

/**
 * Everything one epoch changed in a shard: its groups' changes, timers and rows, written at once.
 *
 * @param incarnation which run of the query's coordinator asked for it
 * @param epoch the epoch's number
 * @param groups the groups' changes, in the order in which their rows are emitted
 */
public record ShardChange(long incarnation, long epoch, List<GroupChange> groups) {
  /** Returns roughly how large this is in the journal: keys, states and rows. */
  public long bytes() {
    long bytes = 0;
    for (GroupChange group : groups) {
      byte[] state = group.state();
      bytes += group.key().bytes().length + (state == null ? 0 : state.length);
      for (StoredRow row : group.rows()) {
        bytes += row.bytes().length;
      }
    }
    return bytes;
  }
}
