package io.vellamo.engine.protocol.query;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import java.util.function.Supplier;

/**
 * The requests of users that a query relays to its shards.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class RelayedRequests {
  private final ParkRequests parks;
  private final GroupRequests groups;
  private final Supplier<QueryLedger> ledger;

  RelayedRequests(ParkRequests parks, GroupRequests groups, Supplier<QueryLedger> ledger) {
    this.parks = parks;
    this.groups = groups;
    this.ledger = ledger;
  }

  /** Takes a request, which is kept until {@link #send} unless it concerns all shards. */
  void add(QueryRequest request) {
    if (request instanceof QueryRequest.ReadGroup read) {
      groups.add(read);
    } else if (request instanceof QueryRequest.ListGroups list) {
      groups.add(list);
    } else {
      parks.add(request, lastPlanned());
    }
  }

  /** Sends the requests so far: all shards are open for the first time. */
  void ready() {
    parks.ready(lastPlanned());
    groups.ready();
  }

  /** Sends the requests of shards that have answered the preceding ones. */
  void send() {
    parks.send(lastPlanned());
    groups.send();
  }

  /** Returns whether a fence is that of an unanswered request to a shard. */
  boolean isAwaited(int shard, Fence fence) {
    return parks.isAwaited(shard, fence) || groups.isAwaited(shard, fence);
  }

  /** Sends again what a shard that was opened again has not answered, and what was kept. */
  void reopened(int shard) {
    parks.reopened(shard, lastPlanned());
    groups.reopened(shard);
  }

  /** Notes that an epoch is committed. */
  void committed() {
    groups.committed();
  }

  /** Takes a reply; returns false if it is not an awaited one. */
  boolean answered(ShardReply reply) {
    if (reply instanceof ShardReply.Parked parked) {
      return parks.answered(parked, lastPlanned());
    }
    if (reply instanceof ShardReply.GroupsRead read) {
      return groups.answered(read);
    }
    return parks.answered((ShardReply.ParksRequested) reply, lastPlanned());
  }

  private long lastPlanned() {
    return ledger.get().lastPlannedEpoch();
  }
}
