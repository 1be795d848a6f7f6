package io.vellamo.api.sink;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An input that a query could not process, with its position and the reason: a source entry that is
 * not an event, or an event or timeout for which a user's function threw.
 *
 * @param position the position of the event or entry in the source; empty for a timeout, and for an
 *     event that is a row of another stateful operator
 * @param epoch the epoch that read the event or entry, or in which the timeout passed
 * @param reason what must hold and what was found, with the first stack frame of user code if a
 *     function threw; never quotes an event
 * @param key the grouping key, as text or JSON; empty if the failure occurred before the event
 *     reached a group
 * @param error the class of the exception that the function threw; empty for an entry that is not
 *     an event
 * @param message the message of that exception, at most 1,000 characters, without line ends and
 *     control characters; it may quote the event; empty if there is no exception or it has no
 *     message
 * @param event the event, for another attempt: as it reached the group, or, if an upstream stage
 *     threw, as it came from the source; empty for an entry that is not an event, a timeout, and an
 *     event whose class Jackson can't write
 * @param entry the entry that is not an event, if the source has it as text
 * @since 0.1
 */
public record DeadLetter(
    Optional<Position> position,
    long epoch,
    String reason,
    Optional<String> key,
    Optional<String> error,
    Optional<String> message,
    Optional<Object> event,
    Optional<String> entry) {
  /**
   * A position in a source.
   *
   * @param partition the source partition, such as a file
   * @param offset the offset at which the entry begins
   */
  public record Position(String partition, long offset) {
    public Position {
      requireNonNull(partition, "partition");
    }

    @Override
    public String toString() {
      return partition + "@" + offset;
    }
  }

  public DeadLetter {
    requireNonNull(position, "position");
    requireNonNull(reason, "reason");
    requireNonNull(key, "key");
    requireNonNull(error, "error");
    requireNonNull(message, "message");
    requireNonNull(event, "event");
    requireNonNull(entry, "entry");
  }

  /**
   * Returns the dead letter of a source entry that is not an event.
   *
   * @param position the position of the entry
   * @param epoch the epoch that read the entry
   * @param reason what must hold and what was found
   * @param entry the entry, if the source has it as text
   * @return a dead letter without key, error and event
   */
  public static DeadLetter ofEntry(
      Position position, long epoch, String reason, Optional<String> entry) {
    return new DeadLetter(
        Optional.of(position),
        epoch,
        reason,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        entry);
  }

  /**
   * Returns position, key and reason. Event, entry and message are omitted so that they can't reach
   * a log.
   */
  @Override
  public String toString() {
    List<String> where = new ArrayList<>();
    position.ifPresent(known -> where.add(known.toString()));
    key.ifPresent(known -> where.add("group [" + known + "]"));
    return "DeadLetter[" + String.join(", ", where) + ": " + reason + "]";
  }
}
