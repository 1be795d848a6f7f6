package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardRequest.RequestParks;
import io.vellamo.engine.shard.ParkRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The relay of users' requests for parked groups to the shards, and of the answers back.
 *
 * <p>Requests pass through the query, not directly to the shards, so that the answer that something
 * is due is never older than the answer that it was done.
 *
 * <p>A shard has at most one set of requests at a time, and all shards together one listing; later
 * requests wait here and are sent together. So a shard that runs an epoch has at most two such
 * requests pending, and writes many at once.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class ParkRequests {
  /** The maximum number of requests of one write. */
  private static final int REQUESTS_AT_ONCE = 1000;

  /** The requests to the groups of one shard. */
  private static final class OfShard {
    private final Deque<QueryRequest.Park> waiting = new ArrayDeque<>();
    private List<QueryRequest.Park> underWay = List.of();
    private @Nullable RequestParks sent;
  }

  private final QueryEffects effects;
  private final int shardsOfOperator;
  private final int shards;
  private final TreeMap<Integer, OfShard> requests = new TreeMap<>();
  private final TreeMap<Integer, List<ParkedGroup>> parked = new TreeMap<>();
  private List<Long> listing = List.of();
  private List<Long> waitingToList = new ArrayList<>();
  private long listingId;
  private boolean isReady;
  private long lastId;

  /**
   * Creates a relay that keeps requests until the shards are open.
   *
   * @param shards the number of all shards; 0 if the query has no groups
   * @param shardsOfOperator the number of shards of each operator
   */
  ParkRequests(QueryEffects effects, int shards, int shardsOfOperator) {
    this.effects = effects;
    this.shards = shards;
    this.shardsOfOperator = shardsOfOperator;
  }

  /** Sends the requests so far: all shards are open for the first time. */
  void ready(long lastPlanned) {
    isReady = true;
    listNext();
    send(lastPlanned);
  }

  /** Takes a request. Those to groups are kept until {@link #send}. */
  void add(QueryRequest request) {
    if (request instanceof QueryRequest.ListParked list) {
      add(list);
    } else if (request instanceof QueryRequest.Park park) {
      add(park);
    } else {
      throw new AssertionError("unhandled " + request.getClass());
    }
  }

  private void add(QueryRequest.ListParked request) {
    if (shards == 0) {
      effects.answer(request.id(), List.of());
    } else {
      waitingToList.add(request.id());
      listNext();
    }
  }

  private void listNext() {
    if (isReady && listing.isEmpty() && !waitingToList.isEmpty()) {
      listing = waitingToList;
      waitingToList = new ArrayList<>();
      listingId = ++lastId;
      for (int shard = 0; shard < shards; shard++) {
        effects.send(shard, new ShardRequest.ListParked(listingId));
      }
    }
  }

  /** Takes a reply; returns false if it is not an awaited one. */
  boolean answered(ShardReply.Parked reply) {
    if (listing.isEmpty() || reply.id() != listingId || parked.containsKey(reply.shard())) {
      return false;
    }
    parked.put(reply.shard(), reply.groups());
    if (parked.size() == shards) {
      List<ParkedGroup> all = parked.values().stream().flatMap(List::stream).toList();
      List<Long> answered = listing;
      listing = List.of();
      parked.clear();
      answered.forEach(id -> effects.answer(id, all));
      listNext();
    }
    return true;
  }

  private void add(QueryRequest.Park request) {
    if (shards == 0) {
      effects.answer(request.id(), false);
      return;
    }
    int shard = request.operator() * shardsOfOperator + request.key().shard(shardsOfOperator);
    requests.computeIfAbsent(shard, none -> new OfShard()).waiting.add(request);
  }

  /**
   * Sends the requests of shards that have answered the preceding ones.
   *
   * @param lastPlanned the last epoch that is planned
   */
  void send(long lastPlanned) {
    if (isReady) {
      for (Map.Entry<Integer, OfShard> each : new ArrayList<>(requests.entrySet())) {
        send(each.getKey(), each.getValue(), lastPlanned);
      }
    }
  }

  private void send(int shard, OfShard ofShard, long lastPlanned) {
    if (ofShard.sent != null) {
      return;
    }
    List<QueryRequest.Park> next = new ArrayList<>();
    List<RequestParks.Requested> requested = new ArrayList<>();
    while (!ofShard.waiting.isEmpty() && next.size() < REQUESTS_AT_ONCE) {
      QueryRequest.Park request = ofShard.waiting.remove();
      next.add(request);
      requested.add(
          new RequestParks.Requested(request.key(), new ParkRequest(request.kind(), lastPlanned)));
    }
    if (next.isEmpty()) {
      requests.remove(shard);
      return;
    }
    ofShard.underWay = next;
    RequestParks sent = new RequestParks(++lastId, requested);
    ofShard.sent = sent;
    effects.send(shard, sent);
  }

  /**
   * Returns whether a shard has yet to answer requests. Such a shard takes part in the next epoch:
   * otherwise the epoch would have another result if it had to be run again, which asks all shards.
   */
  boolean isUnderWay(int shard) {
    OfShard ofShard = requests.get(shard);
    return ofShard != null && ofShard.sent != null;
  }

  /** Sends again what a shard that was opened again has not answered. */
  void reopened(int shard) {
    if (!listing.isEmpty() && !parked.containsKey(shard)) {
      effects.send(shard, new ShardRequest.ListParked(listingId));
    }
    OfShard ofShard = requests.get(shard);
    if (ofShard != null && ofShard.sent != null) {
      effects.send(shard, ofShard.sent);
    }
  }

  /** Takes a reply; returns false if it is not an awaited one. */
  boolean answered(ShardReply.ParksRequested reply, long lastPlanned) {
    OfShard ofShard = requests.get(reply.shard());
    if (ofShard == null || ofShard.sent == null || ofShard.sent.id() != reply.id()) {
      return false;
    }
    List<QueryRequest.Park> answered = ofShard.underWay;
    ofShard.underWay = List.of();
    ofShard.sent = null;
    for (int place = 0; place < answered.size(); place++) {
      effects.answer(answered.get(place).id(), reply.found().get(place));
    }
    send(reply.shard(), ofShard, lastPlanned);
    return true;
  }
}
