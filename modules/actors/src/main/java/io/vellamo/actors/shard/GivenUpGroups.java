package io.vellamo.actors.shard;

import java.util.List;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.LocalActorRef;
import org.apache.pekko.dispatch.sysmsg.DeathWatchNotification;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The removal from the actor hierarchy of groups whose calls do not return.
 *
 * <p>An actor stops only after its children, so one call that never returns would keep its shard,
 * the query and the whole actor system from stopping. Pekko has no way to give up an actor, so this
 * class sends the parent the message that it would get when the actor stops. The actor itself stops
 * when its call returns, unnoticed.
 */
public final class GivenUpGroups {
  private GivenUpGroups() {}

  /**
   * Lets the shards of a query stop without their groups.
   *
   * @param coordinator the parent of the shards
   */
  public static void letGo(ActorRef coordinator) {
    for (ActorRef shard : children(coordinator)) {
      for (ActorRef group : children(shard)) {
        if (isGroup(group)) {
          ((InternalActorRef) shard)
              .sendSystemMessage(new DeathWatchNotification(group, true, false));
        }
      }
    }
  }

  private static Iterable<ActorRef> children(ActorRef parent) {
    return parent instanceof LocalActorRef local
        ? CollectionConverters.asJava(local.children())
        : List.of();
  }

  private static boolean isGroup(ActorRef ref) {
    return ref instanceof LocalActorRef local
        && local.underlying().props().actorClass() == GroupActor.class;
  }
}
