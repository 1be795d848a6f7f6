package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group whose function threw under {@link ErrorPolicy#park}: its events wait.
 *
 * @param operator the name of its stateful operator
 * @param key the grouping key, as {@code groupByKey} gave it; may be null, as keys may
 * @param sinceEpoch the epoch in which it was parked
 * @param error the class of what the function threw last, and, after {@code at}, the first stack
 *     frame of user code
 * @param message its message, at most 1,000 characters, without line ends and control characters;
 *     it may quote an event; empty if it had none
 * @param events how many events wait; none if a timeout threw and no event has come since
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

  /** Leaves the message out, so that it can't reach a log. */
  @Override
  public String toString() {
    return "ParkedGroup[%s since epoch %d: %s, %d events wait]"
        .formatted(key, sinceEpoch, error, events);
  }
}
