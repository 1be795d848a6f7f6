package io.vellamo.actors.replay;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.JournalProtocol.DeleteMessagesTo;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageFailure;
import org.apache.pekko.persistence.JournalProtocol.WriteMessages;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesFailed;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A journal plugin that passes all requests to the embedded journal, until a number of writes and
 * deletions has been made: it refuses all others, as if the process had been killed before them.
 */
public final class CutJournal extends AbstractActor {
  static final String SETTINGS =
      """

      vellamo.journal.plugin = "cut-journal"
      vellamo.journal.read-plugin = "vellamo.embedded-journal.read-journal"
      cut-journal.class = "io.vellamo.actors.replay.CutJournal"
      """;

  private final ActorRef journal =
      plugin(getContext().getSystem(), "vellamo.embedded-journal.journal");
  private long left = Long.MAX_VALUE;

  /** The number of writes and deletions that are still made. */
  private record Left(long writes) {}

  /** Sets the number of writes and deletions that are still made. */
  static void leave(ActorSystem system, long writes) {
    plugin(system, "cut-journal").tell(new Left(writes), ActorRef.noSender());
  }

  private static ActorRef plugin(ActorSystem system, String id) {
    return Persistence.get(system).journalFor(id, ConfigFactory.empty());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Left.class, next -> left = next.writes())
        .match(WriteMessages.class, this::write)
        .match(DeleteMessagesTo.class, this::delete)
        .matchAny(request -> journal.forward(request, getContext()))
        .build();
  }

  private void write(WriteMessages request) {
    if (isLeft()) {
      journal.forward(request, getContext());
      return;
    }
    RuntimeException cut = new IllegalStateException("cut");
    request.persistentActor().tell(new WriteMessagesFailed(cut, 1), self());
    for (PersistentEnvelope each : CollectionConverters.asJava(request.messages())) {
      if (each instanceof AtomicWrite write) {
        for (PersistentRepr message : CollectionConverters.asJava(write.payload())) {
          request
              .persistentActor()
              .tell(
                  new WriteMessageFailure(message, cut, request.actorInstanceId()),
                  message.sender());
        }
      }
    }
  }

  private void delete(DeleteMessagesTo request) {
    if (isLeft()) {
      journal.forward(request, getContext());
    } else {
      request
          .persistentActor()
          .tell(
              new DeleteMessagesFailure(new IllegalStateException("cut"), request.toSequenceNr()),
              self());
    }
  }

  private boolean isLeft() {
    left--;
    return left >= 0;
  }
}
