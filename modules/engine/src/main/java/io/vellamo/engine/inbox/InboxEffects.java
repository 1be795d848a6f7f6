package io.vellamo.engine.inbox;

import io.vellamo.engine.journal.InboxRecord;
import java.util.List;

/**
 * The effects of an inbox. An input causes a few of them, never one per message.
 *
 * <p><b>Order</b> Carried out in the order in which they are told. An effect that results in an
 * input must not give it to the machine before the call of the machine has returned.
 */
public interface InboxEffects {
  /**
   * Writes records atomically, then calls {@link InboxMachine#journaled}. At most one write is
   * under way. If it fails, the machine must be discarded.
   */
  void persist(List<InboxRecord> records);

  /** Notes that the inbox takes messages from now on. */
  void opened();

  /**
   * Answers offers whose messages are durable.
   *
   * @param stored the tickets of messages that are stored now
   * @param duplicates the tickets of messages whose ids had been stored before
   */
  void answer(List<Long> stored, List<Long> duplicates);

  /** Tells the query that there is more to read. */
  void signal();

  /**
   * Stores the place where a recovery may begin from now on.
   *
   * @param beginsAfter the record after which it begins
   * @param before the record after which a recovery could begin so far, up to which records may be
   *     deleted; 0 if none may be deleted
   */
  void markSnapshot(long beginsAfter, long before);
}
