package io.vellamo.api.sink;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a query could not process, kept with its position and the reason: a source entry that was no
 * event, an event that a user's function threw for, or a timeout that it threw for.
 *
 * @param position where the event or entry was read; empty for a timeout, and for an event that is
 *     a row of another stateful operator
 * @param epoch the epoch that read it, or in which the timeout passed
 * @param reason what must hold and what was found, with the first stack frame of user code if a
 *     function threw; never quotes an event
 * @param key the grouping key, as text or JSON; empty if it had not come to a group
 * @param error the class of what the function threw; empty for an entry that was no event
 * @param message its message, at most 1,000 characters, without line ends and control characters;
 *     it may quote the event; empty as above, or if it had none
 * @param event the event, to be tried again: as it reached the group, or, if a stage in front
 *     threw, as it came from the source; empty for an entry that was no event, a timeout, and an
 *     event whose class Jackson can't write
 * @param entry the entry that was no event, if the source has it as text
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
   * A place in a source.
   *
   * @param partition the source partition, such as a file
   * @param offset where the entry begins
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
   * Returns the dead letter of a source entry that was no event.
   *
   * @param position where it was read
   * @param epoch the epoch that read it
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
   * Names position, key and reason; event, entry and message stay out, so that they can't reach a
   * log.
   */
  @Override
  public String toString() {
    List<String> where = new ArrayList<>();
    position.ifPresent(known -> where.add(known.toString()));
    key.ifPresent(known -> where.add("group [" + known + "]"));
    return "DeadLetter[" + String.join(", ", where) + ": " + reason + "]";
  }
}
