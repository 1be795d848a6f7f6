package io.vellamo.checks.journals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Status;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotOffer;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.jspecify.annotations.Nullable;

/**
 * A persistent actor that writes, deletes and recovers exactly what it is told to, to find out what
 * a journal plugin does. A classic one: typed actors can't say up to where events are deleted.
 */
final class Diary extends AbstractPersistentActor {
  /** Writes events of random bytes at once. */
  record Write(int events, int bytes) {}

  /** Deletes events up to a sequence number, that included. */
  record DeleteTo(long sequenceNr) {}

  /** Saves a snapshot of random bytes. */
  record SaveSnapshot(int bytes) {}

  /** Asks for what was recovered. */
  enum AskRecovered {
    INSTANCE
  }

  /** What was recovered: the snapshot's sequence number, 0 for none, and those of the events. */
  record Recovered(long snapshot, List<Long> events) {}

  private final String id;
  private final boolean fromSnapshot;
  private final SplittableRandom random = new SplittableRandom(42);
  private final List<Long> recovered = new ArrayList<>();
  private long snapshot;

  // Only while a command is carried out.
  private @Nullable ActorRef asker;

  private Diary(String id, boolean fromSnapshot) {
    this.id = id;
    this.fromSnapshot = fromSnapshot;
  }

  static Props props(String id, boolean fromSnapshot) {
    return Props.create(Diary.class, () -> new Diary(id, fromSnapshot));
  }

  @Override
  public String persistenceId() {
    return id;
  }

  @Override
  public Recovery recovery() {
    return fromSnapshot ? Recovery.create() : Recovery.create(SnapshotSelectionCriteria.none());
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(SnapshotOffer.class, offer -> snapshot = offer.metadata().sequenceNr())
        .match(byte[].class, event -> recovered.add(lastSequenceNr()))
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(Write.class, this::write)
        .match(DeleteTo.class, command -> begin(() -> deleteMessages(command.sequenceNr)))
        .match(SaveSnapshot.class, command -> begin(() -> saveSnapshot(bytes(command.bytes))))
        .match(AskRecovered.class, command -> getSender().tell(answer(), getSelf()))
        .match(DeleteMessagesSuccess.class, done -> end(Done.done()))
        .match(DeleteMessagesFailure.class, failed -> end(new Status.Failure(failed.cause())))
        .match(SaveSnapshotSuccess.class, done -> end(Done.done()))
        .match(SaveSnapshotFailure.class, failed -> end(new Status.Failure(failed.cause())))
        .build();
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long sequenceNr) {
    end(new Status.Failure(cause));
  }

  @Override
  public void onPersistRejected(Throwable cause, Object event, long sequenceNr) {
    end(new Status.Failure(cause));
  }

  private void write(Write command) {
    List<byte[]> events =
        new ArrayList<>(Collections.nCopies(command.events, bytes(command.bytes)));
    begin(() -> persistAll(events, event -> {}));
    defer("written", written -> end(Done.done()));
  }

  private void begin(Runnable action) {
    asker = getSender();
    action.run();
  }

  private void end(Object reply) {
    if (asker != null) {
      asker.tell(reply, getSelf());
      asker = null;
    }
  }

  private Recovered answer() {
    return new Recovered(snapshot, List.copyOf(recovered));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
