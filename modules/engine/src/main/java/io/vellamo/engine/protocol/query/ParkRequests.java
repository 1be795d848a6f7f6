package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.protocol.Fence;
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
  private final EpochProtocol epochs;
  private final ShardTable table;
  private final long incarnation;
  private final int shardsOfOperator;
  private final int shards;
  private final TreeMap<Integer, OfShard> requests = new TreeMap<>();
  private final TreeMap<Integer, List<ParkedGroup>> parked = new TreeMap<>();
  private final TreeMap<Integer, Fence> listed = new TreeMap<>();
  private List<Long> listing = List.of();
  private List<Long> waitingToList = new ArrayList<>();
  private long listingNumber;
  private boolean isReady;

  /**
   * Creates a relay that keeps requests until the shards are open.
   *
   * @param epochs has the shards, none if the query has no groups, and numbers requests
   * @param incarnation the run of the query
   * @param shardsOfOperator the number of shards of each operator
   */
  ParkRequests(QueryEffects effects, EpochProtocol epochs, long incarnation, int shardsOfOperator) {
    this.effects = effects;
    this.epochs = epochs;
    this.table = epochs.table();
    this.incarnation = incarnation;
    this.shards = table.size();
    this.shardsOfOperator = shardsOfOperator;
  }

  /** Sends the requests so far: all shards are open for the first time. */
  void ready(long lastPlanned) {
    isReady = true;
    listNext(lastPlanned);
    send(lastPlanned);
  }

  /**
   * Takes a request. Those to groups are kept until {@link #send}.
   *
   * @param lastPlanned the last epoch that is planned
   */
  void add(QueryRequest request, long lastPlanned) {
    if (request instanceof QueryRequest.ListParked list) {
      add(list, lastPlanned);
    } else if (request instanceof QueryRequest.Park park) {
      add(park);
    } else {
      throw new AssertionError("unhandled " + request.getClass());
    }
  }

  private void add(QueryRequest.ListParked request, long lastPlanned) {
    if (shards == 0) {
      effects.answer(request.id(), List.of());
    } else {
      waitingToList.add(request.id());
      listNext(lastPlanned);
    }
  }

  private void listNext(long lastPlanned) {
    if (isReady && listing.isEmpty() && !waitingToList.isEmpty()) {
      listing = waitingToList;
      waitingToList = new ArrayList<>();
      listingNumber = epochs.nextAttempt();
      for (int shard = 0; shard < shards; shard++) {
        list(shard, lastPlanned);
      }
    }
  }

  /** Asks a shard for its parked groups, unless it is not open: then it is asked once it is. */
  private void list(int shard, long lastPlanned) {
    if (table.isOpen(shard)) {
      Fence fence = new Fence(incarnation, table.owner(shard), lastPlanned, listingNumber);
      listed.put(shard, fence);
      effects.send(shard, new ShardRequest.ListParked(fence));
    }
  }

  /** Takes a reply; returns false if it is not an awaited one. */
  boolean answered(ShardReply.Parked reply, long lastPlanned) {
    if (!reply.fence().equals(listed.get(reply.shard()))) {
      return false;
    }
    listed.remove(reply.shard());
    parked.put(reply.shard(), reply.groups());
    if (parked.size() == shards) {
      List<ParkedGroup> all = parked.values().stream().flatMap(List::stream).toList();
      List<Long> answered = listing;
      listing = List.of();
      parked.clear();
      answered.forEach(id -> effects.answer(id, all));
      listNext(lastPlanned);
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
    if (ofShard.sent != null || !table.isOpen(shard)) {
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
    Fence fence = new Fence(incarnation, table.owner(shard), lastPlanned, epochs.nextAttempt());
    RequestParks sent = new RequestParks(fence, requested);
    ofShard.sent = sent;
    effects.send(shard, sent);
  }

  /**
   * Returns whether a shard has yet to answer requests that an epoch carries out. It is not asked
   * to run the epoch before: the epoch would have another result if it had to be run again, and the
   * shard could not tell requests that arrive twice.
   */
  boolean mustPrecede(long epoch, int shard) {
    Fence fence = sent(shard);
    return fence != null && fence.epoch() < epoch;
  }

  private @Nullable Fence sent(int shard) {
    OfShard ofShard = requests.get(shard);
    return ofShard == null || ofShard.sent == null ? null : ofShard.sent.fence();
  }

  /** Returns whether a fence is that of an unanswered request to a shard. */
  boolean isAwaited(int shard, Fence fence) {
    return fence.equals(listed.get(shard)) || fence.equals(sent(shard));
  }

  /** Sends again what a shard that was opened again has not answered, and what was kept. */
  void reopened(int shard, long lastPlanned) {
    if (!isReady) {
      return;
    }
    if (!listing.isEmpty() && !parked.containsKey(shard)) {
      list(shard, lastPlanned);
    }
    OfShard ofShard = requests.get(shard);
    if (ofShard == null) {
      return;
    }
    RequestParks unanswered = ofShard.sent;
    if (unanswered == null) {
      send(shard, ofShard, lastPlanned);
      return;
    }
    Fence before = unanswered.fence();
    Fence fence = new Fence(incarnation, table.owner(shard), before.epoch(), before.attempt());
    RequestParks again = new RequestParks(fence, unanswered.requests());
    ofShard.sent = again;
    effects.send(shard, again);
  }

  /** Takes a reply; returns false if it is not an awaited one. */
  boolean answered(ShardReply.ParksRequested reply, long lastPlanned) {
    OfShard ofShard = requests.get(reply.shard());
    if (ofShard == null || !reply.fence().equals(sent(reply.shard()))) {
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
