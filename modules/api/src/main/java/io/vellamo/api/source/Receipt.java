package io.vellamo.api.source;

/**
 * The outcome of a message that an {@link Inbox} has taken. In both cases the message is durable,
 * so that its sender can be answered.
 *
 * @since 0.1
 */
public enum Receipt {
  /** The message is in the journal, and its event will be processed once. */
  STORED,

  /** A message with the same id had been stored before; this one is discarded. */
  DUPLICATE
}
