package io.vellamo.actors;

import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.actors.shard.ShardReply;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.shard.ParkRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Passes what users want of parked groups to the shards, and the answers back.
 *
 * <p>Through the coordinator, and not around it: only so is an answer that something is due now
 * never older than one that it has been done.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class ParkDesk {
  /** A question to all shards, on its way. */
  private static final class Gathering {
    private final CompletableFuture<List<ParkedGroup>> answer;
    private final Map<Integer, List<ParkedGroup>> byShard = new TreeMap<>();

    Gathering(CompletableFuture<List<ParkedGroup>> answer) {
      this.answer = answer;
    }
  }

  private final ActorRef<ShardReply> replies;
  private final LongSupplier lastPlanned;
  private final Map<Long, CompletableFuture<Boolean>> requests = new HashMap<>();
  private final Map<Long, Gathering> gatherings = new HashMap<>();
  private final List<Runnable> early = new ArrayList<>();
  private long lastId;

  // From ready on.
  private @Nullable List<ActorRef<ShardCommand>> shards;
  private int shardsOfOperator;

  /**
   * Creates a desk.
   *
   * @param replies gets the shards' answers
   * @param lastPlanned tells the last epoch that is planned, once the shards are ready
   */
  ParkDesk(ActorRef<ShardReply> replies, LongSupplier lastPlanned) {
    this.replies = replies;
    this.lastPlanned = lastPlanned;
  }

  /**
   * The shards have recovered.
   *
   * @param known the shards of all operators; none if the query has no groups
   * @param ofOperator how many of them each operator has
   */
  void ready(List<ActorRef<ShardCommand>> known, int ofOperator) {
    shards = known;
    shardsOfOperator = ofOperator;
    early.forEach(Runnable::run);
    early.clear();
  }

  /** Asks all shards for their parked groups. */
  void list(CompletableFuture<List<ParkedGroup>> answer) {
    List<ActorRef<ShardCommand>> known = shards;
    if (known == null) {
      early.add(() -> list(answer));
    } else if (known.isEmpty()) {
      answer.complete(List.of());
    } else {
      gatherings.put(++lastId, new Gathering(answer));
      known.forEach(shard -> shard.tell(new ShardCommand.TellParked(lastId, replies)));
    }
  }

  /** Passes a request on. */
  void request(QueryCommand.RequestPark wanted) {
    List<ActorRef<ShardCommand>> known = shards;
    if (known == null) {
      early.add(() -> request(wanted));
    } else if (known.isEmpty()) {
      wanted.found().complete(false);
    } else {
      requests.put(++lastId, wanted.found());
      ParkRequest request = new ParkRequest(wanted.kind(), lastPlanned.getAsLong());
      known
          .get(wanted.operator() * shardsOfOperator + wanted.key().shard(shardsOfOperator))
          .tell(new ShardCommand.RequestPark(lastId, wanted.key(), request, replies));
    }
  }

  void answered(ShardReply.ParkRequested reply) {
    CompletableFuture<Boolean> found = requests.remove(reply.id());
    if (found != null) {
      found.complete(reply.isFound());
    }
  }

  void answered(ShardReply.Parked reply) {
    Gathering gathering = gatherings.get(reply.id());
    if (gathering == null || shards == null) {
      return;
    }
    gathering.byShard.put(reply.shard(), reply.groups());
    if (gathering.byShard.size() == shards.size()) {
      gatherings.remove(reply.id());
      gathering.answer.complete(gathering.byShard.values().stream().flatMap(List::stream).toList());
    }
  }
}
