package io.vellamo.persistence.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an epoch left of a group.
 *
 * @param rows what it emitted in that epoch
 * @param state the state after it; null if there is none
 * @param timeoutMillis when it times out; null if it does not
 * @param failure what the function threw; null if it did not
 * @since 0.1
 */
public record GroupOutcome(
    List<JsonNode> rows,
    @Nullable JsonNode state,
    @Nullable Long timeoutMillis,
    @Nullable String failure) {
  /** Copies the rows. */
  public GroupOutcome {
    rows = List.copyOf(rows);
  }
}
