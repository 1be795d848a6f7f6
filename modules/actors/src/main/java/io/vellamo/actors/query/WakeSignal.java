package io.vellamo.actors.query;

import io.vellamo.actors.query.QueryCommand.Wake;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A signal that wakes a coordinator, with at most one message pending: a source may signal each
 * event, and a coordinator stashes messages while it waits for its journal.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class WakeSignal implements Runnable {
  private final ActorRef<QueryCommand> coordinator;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private final AtomicBoolean held = new AtomicBoolean();

  WakeSignal(ActorRef<QueryCommand> coordinator) {
    this.coordinator = coordinator;
  }

  @Override
  public void run() {
    if (underWay.compareAndSet(false, true)) {
      coordinator.tell(Wake.INSTANCE);
    }
  }

  /** Notes that the message has arrived; the next signal sends another. */
  void received() {
    underWay.set(false);
  }

  /** Holds back signals until {@link #release}. */
  void hold() {
    held.set(true);
    underWay.set(true);
  }

  /** Sends a message if signals are held back, whether or not there were any. */
  void release() {
    if (held.compareAndSet(true, false)) {
      coordinator.tell(Wake.INSTANCE);
    }
  }
}
