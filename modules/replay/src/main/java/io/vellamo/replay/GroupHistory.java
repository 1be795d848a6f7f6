package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The effects of epochs on a group, in order.
 *
 * @param key its key
 * @param shard the shard it belongs to
 * @param operator the name of the operator that keeps the group
 * @param knownFromEpoch the first epoch after which the group is known; 0 if the journal is
 *     complete
 * @param epochCount the number of its epochs in the journal
 * @param epochs the last of them, up to the requested number
 * @since 0.1
 */
public record GroupHistory(
    JsonNode key,
    int shard,
    String operator,
    long knownFromEpoch,
    long epochCount,
    List<GroupEpoch> epochs) {
  /** Copies the epochs. */
  public GroupHistory {
    epochs = List.copyOf(epochs);
  }
}
