package io.vellamo.persistence.journal;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * Event-sourced behaviors whose events are not published on the event stream of their actor system.
 *
 * <p><b>Cost</b> Pekko otherwise sends each event that was written to an actor of its own, whether
 * or not anyone listens: a message, and often the wake-up of a thread, for each write.
 */
/*
 * Pekko offers this in its Java API only for replicated behaviors; for others it is public in the
 * byte code alone.
 */
public final class Unpublished {
  private Unpublished() {}

  /** Returns a behavior that writes its events to the journal only. */
  @SuppressWarnings("unchecked") // in Scala, the type of the result is a behavior of the commands
  public static <C, E, S> Behavior<C> of(EventSourcedBehavior<C, E, S> behavior) {
    return (Behavior<C>) behavior.createEventSourcedBehavior().withEventPublishing(false);
  }
}
