package io.vellamo.cluster.read;

import io.vellamo.cluster.chunk.InputPart;
import java.util.List;
import java.util.Map;

/** Is told where the shards get their events of an epoch. */
public interface HeldInputs {
  /**
   * Takes where the events are; called again for an attempt if another reader has read some.
   *
   * @param attempt the attempt to run the epoch
   * @param parts the parts of each shard that has events
   */
  void held(long attempt, Map<Integer, List<InputPart>> parts);

  /** Notes that the events of an attempt are no longer held. */
  void forgotten(long attempt);
}
