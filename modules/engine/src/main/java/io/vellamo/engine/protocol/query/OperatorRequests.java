package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.ShardReply;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The requests to the shards of an operator to run their part of an epoch, and for the pages of
 * their whole result.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class OperatorRequests {
  private final QuerySetup setup;
  private final QueryEffects effects;
  private final long incarnation;
  private final int shards;
  private final ShardTable table;
  private final ParkRequests parks;
  // Until the query's first epoch has passed through all operators.
  private Set<Integer> initial = Set.of();

  OperatorRequests(
      QuerySetup setup,
      QueryEffects effects,
      long incarnation,
      int shards,
      ShardTable table,
      ParkRequests parks) {
    this.setup = setup;
    this.effects = effects;
    this.incarnation = incarnation;
    this.shards = shards;
    this.table = table;
    this.parks = parks;
  }

  /** Sets the shards that have initial states in this epoch. */
  void initial(Set<Integer> with) {
    initial = with;
  }

  /**
   * Asks the shards of the operator that have to run the epoch.
   *
   * @param recovering whether all of them are asked: an earlier run or attempt may have run the
   *     epoch in part
   * @param isBeginOfRun whether the sinks do not know the whole result of the preceding epoch
   */
  void ask(RunningEpoch epoch, boolean recovering, boolean isBeginOfRun) {
    boolean needsResult = setup.emitsWholeResult(epoch.operator()) && (recovering || isBeginOfRun);
    int first = epoch.operator() * shards;
    for (int shard = first; shard < first + shards; shard++) {
      if (recovering || needsResult || hasWork(epoch, shard)) {
        if (!recovering) {
          table.asked(shard);
        }
        effects.send(shard, epoch.ask(shard, incarnation, table.owner(shard), needsResult));
      }
    }
  }

  /** Returns whether a shard of the operator has yet to answer requests to parked groups first. */
  boolean mustWait(RunningEpoch epoch) {
    int first = epoch.operator() * shards;
    return IntStream.range(first, first + shards)
        .anyMatch(shard -> parks.mustPrecede(epoch.plan().epoch(), shard));
  }

  private boolean hasWork(RunningEpoch epoch, int shard) {
    return epoch.summary().events(shard) > 0
        || initial.contains(shard)
        || table.isDue(shard, epoch.plan().times());
  }

  /** Has a page taken; returns false if it is not the awaited one. */
  boolean arrived(RunningEpoch epoch, ShardReply.Page page) {
    boolean isAwaited =
        epoch.isAwaited(page.shard(), page.fence())
            && epoch.pages().arrived(page.shard(), page.number());
    if (isAwaited) {
      effects.takePage(page.shard(), epoch.plan().epoch(), epoch.attempt(), page.number());
    }
    return isAwaited;
  }

  /**
   * Asks a shard for its next page, as the present one has been taken. A shard that has stopped is
   * not asked: the epoch will be run again.
   */
  void pageTaken(RunningEpoch epoch, int shard) {
    int next = epoch.pages().next(shard);
    if (!epoch.isLost(shard)) {
      effects.send(shard, epoch.askForPage(shard, next));
    }
  }
}
