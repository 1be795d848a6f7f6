package io.vellamo.cluster.message;

import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/**
 * References to actors as part of messages.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class ActorRefs {
  private final ActorRefResolver resolver;

  /** Creates an instance for the messages of an actor system. */
  public ActorRefs(ActorRefResolver resolver) {
    this.resolver = resolver;
  }

  /** Writes a reference that other nodes can read. */
  public void write(ActorRef<?> ref, BinaryOutput out) {
    out.writeText(resolver.toSerializationFormat(ref));
  }

  /**
   * Reads a reference.
   *
   * @param <T> the messages of the actor, which the reference does not tell
   */
  public <T> ActorRef<T> read(BinaryInput in) {
    return resolver.resolveActorRef(in.readText());
  }
}
