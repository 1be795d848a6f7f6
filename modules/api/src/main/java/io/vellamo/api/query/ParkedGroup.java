package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group whose function threw under {@link ErrorPolicy#park} and whose events are pending.
 *
 * @param operator the name of its stateful operator
 * @param key the grouping key, as {@code groupByKey} returned it; null is a valid key
 * @param sinceEpoch the epoch in which it was parked
 * @param error the class of the last exception that the function threw, followed by {@code at} and
 *     the first stack frame of user code
 * @param message the message of that exception, at most 1,000 characters, without line ends and
 *     control characters; it may quote an event; empty if there is none
 * @param events the number of pending events; 0 if a timeout call threw and no event has arrived
 *     since
 * @since 0.1
 */
public record ParkedGroup(
    String operator,
    @Nullable Object key,
    long sinceEpoch,
    String error,
    Optional<String> message,
    long events)
    implements JsonReport {
  public ParkedGroup {
    requireNonNull(operator, "operator");
    requireNonNull(error, "error");
    requireNonNull(message, "message");
  }

  /** Omits the message so that it can't reach a log. */
  @Override
  public String toString() {
    return "ParkedGroup[%s since epoch %d: %s, %d events wait]"
        .formatted(key, sinceEpoch, error, events);
  }
}
