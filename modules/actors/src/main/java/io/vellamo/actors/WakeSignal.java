package io.vellamo.actors;

import io.vellamo.actors.QueryCommand.Wake;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Wakes a coordinator, at most one message at a time: a source may signal each event, and a
 * coordinator that waits for its journal has only so much room for messages.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class WakeSignal implements Runnable {
  private final ActorRef<QueryCommand> coordinator;
  private final AtomicBoolean underWay = new AtomicBoolean();

  WakeSignal(ActorRef<QueryCommand> coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public void run() {
    if (underWay.compareAndSet(false, true)) {
      coordinator.tell(Wake.INSTANCE);
    }
  }

  /** Notes that the message has come; what is signalled from now on needs another. */
  void received() {
    underWay.set(false);
  }
}
