package io.vellamo.engine.inbox;

import io.vellamo.engine.journal.InboxRecord;
import io.vellamo.engine.journal.InboxRecord.InboxOpened;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The decisions of an inbox: which messages are stored, when they are written, and what their
 * senders are told.
 *
 * <p>One write is under way at a time. Messages that arrive meanwhile are written together by the
 * next one. A message is known by its id from its arrival on, but its offers are answered only when
 * the journal holds it.
 *
 * <p><b>Order</b> {@link #recover} for each record of the journal, {@link #recovered} once, then
 * the other calls.
 *
 * <p><b>Threading</b> Used by one thread at a time, except {@link #events}.
 *
 * <p><b>Failure</b> If a write fails, the machine must be discarded; its offers have no answer.
 */
public final class InboxMachine {
  /** The purpose of the write in progress. */
  private enum Write {
    NONE,
    OPENING,
    MESSAGES,
    SNAPSHOT
  }

  /** A message that is not durable yet, and the tickets of its offers. */
  private record Pending(InboxMessage message, List<Long> tickets) {}

  private final InboxLimits limits;
  private final InboxEffects effects;
  private final InboxLog log;
  private final InboxSnapshots snapshots;
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Map<String, Pending> pendingById = new HashMap<>();
  private Write write = Write.NONE;
  // The messages of the write under way.
  private List<Pending> writing = List.of();
  private List<MessagesStored> records = List.of();
  private long lastSequenceNr;
  private boolean isOpened;

  /** Creates an inbox whose journal has not been read. */
  public InboxMachine(InboxLimits limits, InboxEffects effects) {
    this.limits = limits;
    this.effects = effects;
    this.log = new InboxLog(limits.rememberedIds());
    this.snapshots = new InboxSnapshots(limits.journal());
  }

  /** Returns the events that the query reads. */
  public InboxEvents events() {
    return log.events();
  }

  /** Applies a record of the journal. */
  public void recover(InboxRecord record) {
    snapshots.holds(record);
    if (record instanceof MessagesStored stored) {
      log.add(stored);
    }
  }

  /**
   * Ends the recovery, and opens the inbox.
   *
   * @param incarnation the run of the query
   * @param committed the offset up to which the query has committed events; empty if it has
   *     committed none
   * @param last the number of the last record in the journal; 0 if there is none
   */
  public void recovered(long incarnation, OptionalLong committed, long last) {
    lastSequenceNr = last;
    committed.ifPresent(log::committed);
    write = Write.OPENING;
    effects.persist(List.of(new InboxOpened(incarnation)));
  }

  /** Takes messages, in order. */
  public void offer(List<Offer> offers) {
    List<Long> duplicates = new ArrayList<>();
    for (Offer offer : offers) {
      Pending known = pendingById.get(offer.id());
      if (known != null) {
        known.tickets.add(offer.ticket());
      } else if (log.contains(offer.id())) {
        duplicates.add(offer.ticket());
      } else {
        Pending pending = new Pending(offer.message(), new ArrayList<>(List.of(offer.ticket())));
        waiting.add(pending);
        pendingById.put(offer.id(), pending);
      }
    }
    if (!duplicates.isEmpty()) {
      effects.answer(List.of(), duplicates);
    }
    writeNext();
  }

  /** Notes that everything before an offset is committed. */
  public void committed(long offset) {
    log.committed(offset);
    writeNext();
  }

  /**
   * Notes that the write under way is done.
   *
   * @param last the number of its last record
   */
  public void journaled(long last) {
    lastSequenceNr = last;
    Write done = write;
    write = Write.NONE;
    if (done == Write.OPENING) {
      isOpened = true;
      effects.opened();
    } else if (done == Write.SNAPSHOT) {
      snapshots.written(effects);
    } else {
      stored();
    }
    writeNext();
  }

  /** Takes the messages that are durable now, and answers their offers. */
  private void stored() {
    for (MessagesStored record : records) {
      snapshots.holds(record);
      log.add(record);
    }
    List<Long> stored = new ArrayList<>(writing.size());
    List<Long> duplicates = new ArrayList<>();
    for (Pending each : writing) {
      pendingById.remove(each.message.id());
      stored.add(each.tickets.get(0));
      duplicates.addAll(each.tickets.subList(1, each.tickets.size()));
    }
    writing = List.of();
    records = List.of();
    effects.signal();
    effects.answer(stored, duplicates);
  }

  private void writeNext() {
    if (!isOpened || write != Write.NONE) {
      return;
    }
    List<InboxRecord> snapshot = snapshots.next(log, lastSequenceNr);
    if (!snapshot.isEmpty()) {
      write = Write.SNAPSHOT;
      effects.persist(snapshot);
      return;
    }
    writing = takeNext();
    if (!writing.isEmpty()) {
      records =
          Batches.records(
              log.events().end(),
              writing.stream().map(Pending::message).toList(),
              limits.journal().maxRecordBytes());
      write = Write.MESSAGES;
      effects.persist(List.copyOf(records));
    }
  }

  /** Takes the messages of the next write: as many as have room in the inbox and in one write. */
  private List<Pending> takeNext() {
    List<Pending> taken = new ArrayList<>();
    long room = limits.capacity() - log.events().length();
    long bytes = 0;
    while (!waiting.isEmpty() && taken.size() < room) {
      bytes += waiting.element().message.size();
      if (!taken.isEmpty() && bytes > limits.journal().maxWriteBytes()) {
        break;
      }
      taken.add(waiting.remove());
    }
    return taken;
  }
}
