package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an epoch for a group.
 *
 * @param rows the rows that it emitted in that epoch
 * @param state the state after it; null if there is none
 * @param timeoutMillis its timeout, in milliseconds since 1970; null if there is none
 * @param variables the variables and timers that differ, with only the entries that differ; empty
 *     for operators other than {@code process}
 * @param failure a description of what the function threw; null if it did not throw
 * @since 0.1
 */
public record GroupOutcome(
    List<JsonNode> rows,
    @Nullable JsonNode state,
    @Nullable Long timeoutMillis,
    List<VariableView> variables,
    @Nullable String failure) {
  /** Copies the lists. */
  public GroupOutcome {
    rows = List.copyOf(rows);
    variables = List.copyOf(variables);
  }
}
