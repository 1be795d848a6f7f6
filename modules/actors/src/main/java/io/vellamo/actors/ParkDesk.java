package io.vellamo.actors;

import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardRequest.RequestParks;
import io.vellamo.engine.shard.ParkRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The relay of users' requests for parked groups to the shards, and of the answers back.
 *
 * <p>Requests pass through the coordinator, not directly to the shards, so that the answer that
 * something is due is never older than the answer that it was done.
 *
 * <p>A shard has at most one set of requests at a time, and all shards together one listing; later
 * requests wait here and are sent together. So a shard that runs an epoch has at most two such
 * messages pending, and writes many requests at once.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class ParkDesk {
  /** The most requests of one write. */
  private static final int REQUESTS_AT_ONCE = 1000;

  /** The requests to the groups of one shard. */
  private static final class OfShard {
    private final Deque<QueryCommand.RequestPark> waiting = new ArrayDeque<>();
    private List<QueryCommand.RequestPark> underWay = List.of();
  }

  private final ActorRef<ShardAnswer> replies;
  private final LongSupplier lastPlanned;
  private final Map<Integer, OfShard> requests = new HashMap<>();
  private final Map<Integer, List<ParkedGroup>> parked = new TreeMap<>();
  private final List<Runnable> early = new ArrayList<>();
  private List<CompletableFuture<List<ParkedGroup>>> asking = List.of();
  private List<CompletableFuture<List<ParkedGroup>>> waitingToAsk = new ArrayList<>();
  private long lastId;

  // Set by ready.
  private @Nullable List<ActorRef<ShardCommand>> shards;
  private int shardsOfOperator;

  /**
   * Creates a desk.
   *
   * @param replies gets the shards' answers
   * @param lastPlanned supplies the last planned epoch, once the shards are ready
   */
  ParkDesk(ActorRef<ShardAnswer> replies, LongSupplier lastPlanned) {
    this.replies = replies;
    this.lastPlanned = lastPlanned;
  }

  /**
   * Notes that the shards have recovered, and sends them the requests so far.
   *
   * @param known the shards of all operators; none if the query has no groups
   * @param ofOperator how many of them each operator has
   */
  void ready(List<ActorRef<ShardCommand>> known, int ofOperator) {
    shards = known;
    shardsOfOperator = ofOperator;
    early.forEach(Runnable::run);
    early.clear();
    sendRequests();
  }

  /** Asks all shards for their parked groups. */
  void list(CompletableFuture<List<ParkedGroup>> answer) {
    List<ActorRef<ShardCommand>> known = shards;
    if (known == null) {
      early.add(() -> list(answer));
    } else if (known.isEmpty()) {
      answer.complete(List.of());
    } else {
      waitingToAsk.add(answer);
      askNext(known);
    }
  }

  private void askNext(List<ActorRef<ShardCommand>> known) {
    if (asking.isEmpty() && !waitingToAsk.isEmpty()) {
      asking = waitingToAsk;
      waitingToAsk = new ArrayList<>();
      lastId++;
      ShardCommand list = new ShardCommand.Request(new ShardRequest.ListParked(lastId), replies);
      known.forEach(shard -> shard.tell(list));
    }
  }

  void answered(ShardReply.Parked reply) {
    List<ActorRef<ShardCommand>> known = shards;
    if (known == null) {
      return;
    }
    parked.put(reply.shard(), reply.groups());
    if (parked.size() == known.size()) {
      List<ParkedGroup> all = parked.values().stream().flatMap(List::stream).toList();
      asking.forEach(answer -> answer.complete(all));
      asking = List.of();
      parked.clear();
      askNext(known);
    }
  }

  /** Queues a request until its shard has answered the preceding ones. */
  void request(QueryCommand.RequestPark request) {
    List<ActorRef<ShardCommand>> known = shards;
    if (known == null) {
      early.add(() -> request(request));
    } else if (known.isEmpty()) {
      request.found().complete(false);
    } else {
      int shard = request.operator() * shardsOfOperator + request.key().shard(shardsOfOperator);
      requests.computeIfAbsent(shard, none -> new OfShard()).waiting.add(request);
    }
  }

  /** Sends queued requests to the shards; called after each batch of {@link #request}. */
  void sendRequests() {
    List.copyOf(requests.keySet()).forEach(this::send);
  }

  private void send(int shard) {
    List<ActorRef<ShardCommand>> known = shards;
    OfShard ofShard = requests.get(shard);
    if (known == null || ofShard == null || !ofShard.underWay.isEmpty()) {
      return;
    }
    List<QueryCommand.RequestPark> next = new ArrayList<>();
    List<RequestParks.Requested> requested = new ArrayList<>();
    while (!ofShard.waiting.isEmpty() && next.size() < REQUESTS_AT_ONCE) {
      QueryCommand.RequestPark request = ofShard.waiting.remove();
      next.add(request);
      requested.add(
          new RequestParks.Requested(
              request.key(), new ParkRequest(request.kind(), lastPlanned.getAsLong())));
    }
    if (next.isEmpty()) {
      requests.remove(shard);
      return;
    }
    ofShard.underWay = next;
    RequestParks request = new RequestParks(++lastId, requested);
    known.get(shard).tell(new ShardCommand.Request(request, replies));
  }

  void answered(ShardReply.ParksRequested reply) {
    OfShard ofShard = requests.get(reply.shard());
    if (ofShard == null) {
      return;
    }
    List<QueryCommand.RequestPark> answered = ofShard.underWay;
    ofShard.underWay = List.of();
    for (int place = 0; place < answered.size(); place++) {
      answered.get(place).found().complete(reply.found().get(place));
    }
    send(reply.shard());
  }
}
