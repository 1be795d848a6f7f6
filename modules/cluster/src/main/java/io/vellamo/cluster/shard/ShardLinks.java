package io.vellamo.cluster.shard;

import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.PendingChunks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The coordinators that have asked a shard: mostly one, two after a coordinator was replaced.
 *
 * <p><b>Threading</b> Used by the entity's actor only.
 */
final class ShardLinks {
  /** A coordinator. */
  private static final class Link {
    final ActorRef<ShardAnswer> replyTo;
    // The last answer, until the next one.
    long answer;
    List<Chunk> chunks = List.of();

    Link(ActorRef<ShardAnswer> replyTo) {
      this.replyTo = replyTo;
    }
  }

  private final ActorContext<EntityMessage> context;
  private final Map<ActorRef<FromShard>, Link> links = new HashMap<>();
  private long lastAnswer;

  ShardLinks(ActorContext<EntityMessage> context) {
    this.context = context;
  }

  /** Returns what takes the shard's answers to a coordinator. */
  ActorRef<ShardAnswer> replyTo(ActorRef<FromShard> link) {
    return links.computeIfAbsent(link, this::linked).replyTo;
  }

  private Link linked(ActorRef<FromShard> link) {
    context.watchWith(link, new EntityMessage.LinkEnded(link));
    ActorRef<EntityMessage> entity = context.getSelf();
    return new Link(
        context.spawnAnonymous(
            Behaviors.receiveMessage(
                answer -> {
                  entity.tell(new EntityMessage.Answer(link, answer));
                  return Behaviors.same();
                })));
  }

  /** Sends an answer, which is kept until the next one. */
  void answer(int shard, ActorRef<FromShard> to, List<Chunk> chunks) {
    Link link = links.get(to);
    if (link != null) {
      lastAnswer++;
      link.answer = lastAnswer;
      link.chunks = chunks;
      to.tell(new FromShard.Answered(shard, lastAnswer, chunks.size(), chunks.get(0)));
    }
  }

  /** Sends chunks of an answer; nothing if another has followed. */
  void give(int shard, ToShard.GiveAnswer give) {
    Link link = links.get(give.link());
    if (link == null || link.answer != give.answer()) {
      return;
    }
    int until = Math.min(give.from() + PendingChunks.WINDOW, link.chunks.size());
    for (int number = give.from(); number < until; number++) {
      give.link()
          .tell(new FromShard.AnswerChunk(shard, give.answer(), number, link.chunks.get(number)));
    }
  }

  /** Sends a message to all. */
  void tellAll(FromShard message) {
    links.keySet().forEach(link -> link.tell(message));
  }

  /** Forgets a coordinator; returns whether there is none any more. */
  boolean ended(ActorRef<FromShard> ended) {
    Link link = links.remove(ended);
    if (link != null) {
      context.stop(link.replyTo);
    }
    return links.isEmpty();
  }
}
