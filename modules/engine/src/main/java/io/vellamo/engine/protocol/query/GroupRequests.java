package io.vellamo.engine.protocol.query;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply.GroupsRead;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Following;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Read;
import io.vellamo.engine.protocol.ShardRequest.ReadGroups.Single;
import io.vellamo.engine.protocol.query.GroupAnswer.Committed;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.time.EpochTimes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The relay of users' requests for groups to the shards, and of the answers back.
 *
 * <p>A shard that has written its part of an epoch replies with groups that the query has not
 * committed. Such a reply is kept until the commit, so users see committed epochs only.
 *
 * <p>A shard has at most one request at a time; later ones wait here and are sent together.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class GroupRequests {
  /** The maximum number of parts of one request to a shard. */
  private static final int READS_AT_ONCE = 100;

  /** A user's request for some groups, with those found so far. */
  private static final class Asked {
    private final long id;
    // Null if groups are listed.
    private final @Nullable GroupKey key;
    private final int limit;
    private final List<Committed> found = new ArrayList<>();
    private @Nullable GroupKey after;

    Asked(long id, @Nullable GroupKey key, @Nullable GroupKey after, int limit) {
      this.id = id;
      this.key = key;
      this.after = after;
      this.limit = limit;
    }

    Read read() {
      return key == null ? new Following(after, limit - found.size()) : new Single(key);
    }
  }

  /** The requests to one shard. */
  private static final class OfShard {
    private final Deque<Asked> waiting = new ArrayDeque<>();
    // While a request is under way.
    private @Nullable ReadGroups sent;
    private List<Asked> underWay = List.of();
    // Those since the request, and the last one before it.
    private final List<EpochTimes> commits = new ArrayList<>();
    // While a reply waits for the commit of an epoch.
    private @Nullable GroupsRead kept;
  }

  private final QueryEffects effects;
  private final Supplier<QueryLedger> ledger;
  private final EpochProtocol epochs;
  private final ShardTable table;
  private final long incarnation;
  private final int shardsOfOperator;
  private final TreeMap<Integer, OfShard> requests = new TreeMap<>();
  private boolean isReady;

  /**
   * Creates a relay that keeps requests until the shards are open.
   *
   * @param epochs has the shards, and numbers requests
   * @param ledger returns what the query's journal holds
   * @param shardsOfOperator the number of shards of each operator
   */
  GroupRequests(
      QueryEffects effects,
      EpochProtocol epochs,
      Supplier<QueryLedger> ledger,
      int shardsOfOperator) {
    this.effects = effects;
    this.ledger = ledger;
    this.epochs = epochs;
    this.table = epochs.table();
    this.incarnation = ledger.get().incarnation();
    this.shardsOfOperator = shardsOfOperator;
  }

  /** Sends the requests so far: all shards are open for the first time. */
  void ready() {
    isReady = true;
    send();
  }

  /** Takes a request for a group, which is kept until {@link #send}. */
  void add(QueryRequest.ReadGroup request) {
    int shard = request.operator() * shardsOfOperator + request.key().shard(shardsOfOperator);
    ofShard(shard).waiting.add(new Asked(request.id(), request.key(), null, 1));
  }

  /** Takes a request for groups of an operator, which is kept until {@link #send}. */
  void add(QueryRequest.ListGroups request) {
    GroupPosition from = request.from();
    if (from.shard() >= shardsOfOperator) {
      effects.answer(request.id(), new GroupAnswer(List.of(), null));
      return;
    }
    Asked asked = new Asked(request.id(), null, from.after(), request.limit());
    ofShard(request.operator() * shardsOfOperator + from.shard()).waiting.add(asked);
  }

  private OfShard ofShard(int shard) {
    return requests.computeIfAbsent(shard, none -> new OfShard());
  }

  /** Sends the requests of shards that have answered the preceding ones. */
  void send() {
    if (isReady) {
      requests.forEach(this::send);
      requests.values().removeIf(each -> each.sent == null && each.waiting.isEmpty());
    }
  }

  private void send(int shard, OfShard ofShard) {
    if (ofShard.sent != null || ofShard.waiting.isEmpty() || !table.isOpen(shard)) {
      return;
    }
    List<Asked> next = new ArrayList<>();
    while (!ofShard.waiting.isEmpty() && next.size() < READS_AT_ONCE) {
      next.add(ofShard.waiting.remove());
    }
    Fence fence =
        new Fence(
            incarnation, table.owner(shard), ledger.get().lastPlannedEpoch(), epochs.nextAttempt());
    ReadGroups request = new ReadGroups(fence, next.stream().map(Asked::read).toList());
    ofShard.sent = request;
    ofShard.underWay = next;
    ofShard.commits.clear();
    ofShard.commits.add(committedTimes());
    effects.send(shard, request);
  }

  /** Returns the clocks by which entries have expired for users. */
  private EpochTimes committedTimes() {
    QueryLedger known = ledger.get();
    return new EpochTimes(
        known.committedEpoch(), known.processingTimeMillis(), known.watermark(), known.watermark());
  }

  /** Returns whether a fence is that of an unanswered request to a shard. */
  boolean isAwaited(int shard, Fence fence) {
    OfShard ofShard = requests.get(shard);
    ReadGroups sent = ofShard == null || ofShard.kept != null ? null : ofShard.sent;
    return sent != null && fence.equals(sent.fence());
  }

  /** Sends again what a shard that was opened again has not answered, and what was kept. */
  void reopened(int shard) {
    OfShard ofShard = requests.get(shard);
    if (!isReady || ofShard == null || ofShard.kept != null) {
      return;
    }
    ReadGroups unanswered = ofShard.sent;
    if (unanswered == null) {
      send(shard, ofShard);
      return;
    }
    Fence before = unanswered.fence();
    Fence fence = new Fence(incarnation, table.owner(shard), before.epoch(), before.attempt());
    ReadGroups again = new ReadGroups(fence, unanswered.reads());
    ofShard.sent = again;
    effects.send(shard, again);
  }

  /** Takes a reply; returns false if it is not an awaited one. */
  boolean answered(GroupsRead reply) {
    OfShard ofShard = requests.get(reply.shard());
    if (ofShard == null || !isAwaited(reply.shard(), reply.fence())) {
      return false;
    }
    if (reply.epoch() > ledger.get().committedEpoch()) {
      ofShard.kept = reply;
    } else {
      answer(reply, ofShard);
      send();
    }
    return true;
  }

  /** Answers with the groups of an epoch that is committed now. */
  void committed() {
    EpochTimes times = committedTimes();
    for (OfShard ofShard : List.copyOf(requests.values())) {
      ofShard.commits.add(times);
      GroupsRead kept = ofShard.kept;
      if (kept != null && kept.epoch() <= ledger.get().committedEpoch()) {
        ofShard.kept = null;
        answer(kept, ofShard);
      }
    }
    send();
  }

  private void answer(GroupsRead reply, OfShard ofShard) {
    // The first epoch that the groups reflect and that is not older than the request. The shard had
    // written no later one, but by now, as the reply may be late, later ones may be committed.
    EpochTimes times =
        ofShard.commits.stream()
            .filter(each -> each.epoch() >= reply.epoch())
            .findFirst()
            .orElseThrow();
    List<Asked> asked = ofShard.underWay;
    ofShard.sent = null;
    ofShard.underWay = List.of();
    int answered = reply.found().size();
    for (int place = asked.size() - 1; place >= answered; place--) {
      ofShard.waiting.addFirst(asked.get(place));
    }
    for (int place = 0; place < answered; place++) {
      found(asked.get(place), reply.shard(), reply.found().get(place), times);
    }
  }

  private void found(Asked asked, int shard, GroupsRead.Found found, EpochTimes times) {
    for (GroupContent group : found.groups()) {
      asked.found.add(new Committed(times, group));
    }
    int number = shard % shardsOfOperator;
    if (asked.key != null) {
      effects.answer(asked.id, new GroupAnswer(asked.found, null));
    } else if (!found.isEnd()) {
      GroupKey last = found.groups().get(found.groups().size() - 1).key();
      effects.answer(asked.id, new GroupAnswer(asked.found, new GroupPosition(number, last)));
    } else if (number + 1 == shardsOfOperator) {
      effects.answer(asked.id, new GroupAnswer(asked.found, null));
    } else if (asked.found.size() == asked.limit) {
      GroupPosition next = new GroupPosition(number + 1, null);
      effects.answer(asked.id, new GroupAnswer(asked.found, next));
    } else {
      asked.after = null;
      ofShard(shard + 1).waiting.add(asked);
    }
  }
}
