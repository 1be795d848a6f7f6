package io.vellamo.journal;

import io.vellamo.journal.store.Payload;
import io.vellamo.journal.store.StoredEvent;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import scala.jdk.javaapi.OptionConverters;

/**
 * A converter between Pekko's envelope of an event and its stored form.
 *
 * <p>Tags are not stored, since there are no queries by tag; the sender is not stored, as in
 * Pekko's own journals.
 *
 * <p><b>Threading</b> safe to share.
 */
final class EventCodec {

  private final PayloadCodec payloads;

  EventCodec(ActorSystem system) {
    this.payloads = new PayloadCodec(system);
  }

  StoredEvent encode(PersistentRepr event) {
    Object payload = event.payload();
    Object untagged = payload instanceof Tagged tagged ? tagged.payload() : payload;
    Payload metadata = OptionConverters.toJava(event.metadata()).map(payloads::encode).orElse(null);
    return new StoredEvent(
        event.sequenceNr(),
        event.timestamp(),
        event.writerUuid(),
        event.manifest(),
        payloads.encode(untagged),
        metadata);
  }

  PersistentRepr decode(String persistenceId, StoredEvent stored) {
    PersistentRepr event =
        PersistentRepr.apply(
                payloads.decode(stored.payload()),
                stored.sequenceNr(),
                persistenceId,
                stored.adapterManifest(),
                false,
                ActorRef.noSender(),
                stored.writerUuid())
            .withTimestamp(stored.timestampMillis());
    Payload metadata = stored.metadata();
    return metadata == null ? event : event.withMetadata(payloads.decode(metadata));
  }
}
