package io.vellamo.actors.inbox;

/** A message to the actor of an inbox. */
sealed interface InboxCommand {
  /** Offers wait. */
  enum Arrived implements InboxCommand {
    INSTANCE
  }

  /**
   * An epoch is committed.
   *
   * @param offset the offset before which everything is committed
   */
  record Committed(long offset) implements InboxCommand {}

  /** The machine has records to write; sent by the actor to itself. */
  enum WriteNext implements InboxCommand {
    INSTANCE
  }

  /** The inbox ends, after the write under way. */
  enum Stop implements InboxCommand {
    INSTANCE
  }
}
