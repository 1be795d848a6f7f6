package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as the journal holds it.
 *
 * @param key its key: a string, number, boolean or null, or the properties of the key's class
 * @param state its state as JSON; null if it has none
 * @param timeoutMillis its timeout, in milliseconds since 1970; null if there is none
 * @param variables its variables and timers that have entries, in the order in which they were
 *     first declared; empty for operators other than {@code process}
 * @param parked the reason for which it is parked, and its pending events; null if it is not parked
 * @param bytes its approximate size in the journal; 0 if it has no content
 * @since 0.1
 */
public record GroupView(
    JsonNode key,
    @Nullable JsonNode state,
    @Nullable Long timeoutMillis,
    List<VariableView> variables,
    @Nullable ParkedView parked,
    long bytes) {
  /** Copies the variables. */
  public GroupView {
    variables = List.copyOf(variables);
  }

  /**
   * Returns the time of the group's timeout.
   *
   * @return the time, on the clock of the operator's timeouts; null if there is none
   */
  public @Nullable Instant timeout() {
    return timeoutMillis == null ? null : Instant.ofEpochMilli(timeoutMillis);
  }

  /**
   * Returns whether the journal holds anything of the group.
   *
   * @return false if it has neither state, timeout, variables nor timers, and is not parked
   */
  public boolean exists() {
    return state != null || timeoutMillis != null || !variables.isEmpty() || parked != null;
  }
}
