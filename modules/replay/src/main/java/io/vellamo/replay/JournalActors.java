package io.vellamo.replay;

import java.util.UUID;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Starts the persistent actors with which journals are changed outside queries. */
final class JournalActors {
  private JournalActors() {}

  /** Starts an actor that the application does not see. */
  static ActorRef start(ActorSystem<?> system, Props props) {
    ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
    return classic.systemActorOf(props, "vellamo-journal-" + UUID.randomUUID());
  }
}
