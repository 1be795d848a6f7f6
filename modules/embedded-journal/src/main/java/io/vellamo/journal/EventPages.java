package io.vellamo.journal;

import com.typesafe.config.Config;
import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.EventAdapters;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A reader of events for queries, one page at a time; applies the event adapters.
 *
 * <p><b>Threading</b> safe to share; reading blocks.
 */
final class EventPages {

  private final EventCodec codec;
  private final EventAdapters adapters;
  private final int maxEvents;
  private final long maxBytes;

  private EventPages(EventCodec codec, EventAdapters adapters, int maxEvents, long maxBytes) {
    this.codec = codec;
    this.adapters = adapters;
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  static EventPages create(ExtendedActorSystem system, Config config) {
    return new EventPages(
        new EventCodec(system),
        Persistence.get(system).adaptersFor(config.getString("write-plugin")),
        config.getInt("page-events"),
        config.getBytes("page-size"));
  }

  /** Reads one page of the events from one sequence number to another, both included. */
  Page read(JournalStore store, String persistenceId, long fromSequenceNr, long toSequenceNr) {
    Reading reading = new Reading(persistenceId, fromSequenceNr);
    store.read(persistenceId, fromSequenceNr, toSequenceNr, reading::add);
    return new Page(reading.envelopes, reading.next, reading.full);
  }

  /**
   * One page of events.
   *
   * @param envelopes the events; an adapter can turn one into none or several
   * @param next the sequence number at which the next page starts
   * @param full whether the page ended at its limit, so that more events can follow
   */
  record Page(List<EventEnvelope> envelopes, long next, boolean full) {}

  private final class Reading {

    private final String persistenceId;
    private final List<EventEnvelope> envelopes = new ArrayList<>();
    private long next;
    private int events;
    private long bytes;
    private boolean full;

    private Reading(String persistenceId, long next) {
      this.persistenceId = persistenceId;
      this.next = next;
    }

    /** Adds an event. Returns whether the page has room for more. */
    private boolean add(StoredEvent stored) {
      PersistentRepr event = codec.decode(persistenceId, stored);
      for (Object adapted : adapted(event)) {
        envelopes.add(envelope(event, adapted));
      }
      next = stored.sequenceNr() + 1;
      events++;
      bytes += stored.payload().bytes().length;
      full = events >= maxEvents || bytes >= maxBytes;
      return !full;
    }

    private Iterable<Object> adapted(PersistentRepr event) {
      Object payload = event.payload();
      return CollectionConverters.asJava(
          adapters.get(payload.getClass()).fromJournal(payload, event.manifest()).events());
    }

    private EventEnvelope envelope(PersistentRepr event, Object adapted) {
      return new EventEnvelope(
          Offset.sequence(event.sequenceNr()),
          persistenceId,
          event.sequenceNr(),
          adapted,
          event.timestamp(),
          event.metadata());
    }
  }
}
