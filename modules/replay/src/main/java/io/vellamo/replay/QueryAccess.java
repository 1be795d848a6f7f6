package io.vellamo.replay;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.jspecify.annotations.Nullable;

/** A query in the journal: its epochs, its shards, and the epochs of points in its history. */
final class QueryAccess {
  private final String name;
  private final JournalReader reader;
  private final QueryScan scan;

  private QueryAccess(String name, JournalReader reader, QueryScan scan) {
    this.name = name;
    this.reader = reader;
    this.scan = scan;
  }

  /** Finds a query; fails if the journal does not hold it, or if records of it are missing. */
  static CompletionStage<QueryAccess> of(String name, JournalReader reader) {
    return ofWhole(name, reader, reader.query(name, problem -> {}));
  }

  /** Finds a query, and keeps the records of an epoch; fails as the above. */
  static CompletionStage<QueryAccess> of(String name, JournalReader reader, long watched) {
    return ofWhole(name, reader, reader.query(name, new QueryScan(name, problem -> {}, watched)));
  }

  private static CompletionStage<QueryAccess> ofWhole(
      String name, JournalReader reader, CompletionStage<QueryScan> scan) {
    return existing(name, reader, scan)
        .thenApply(
            query -> {
              query.scan.requireWhole();
              return query;
            });
  }

  /**
   * Finds a query, even if records of it are missing or inconsistent; fails if the journal does not
   * hold it.
   */
  static CompletionStage<QueryAccess> ofAny(String name, JournalReader reader) {
    return existing(name, reader, reader.query(name, problem -> {}));
  }

  private static CompletionStage<QueryAccess> existing(
      String name, JournalReader reader, CompletionStage<QueryScan> scanned) {
    return scanned.thenCompose(
        scan ->
            scan.exists()
                ? CompletableFuture.completedStage(new QueryAccess(name, reader, scan))
                : unknown(name, reader));
  }

  private static CompletionStage<QueryAccess> unknown(String name, JournalReader reader) {
    return reader
        .queryNames()
        .thenCompose(
            names ->
                CompletableFuture.failedStage(
                    new IllegalArgumentException(
                        "query must be one that the journal knows, was [%s]; it knows %s"
                            .formatted(name, names))));
  }

  String name() {
    return name;
  }

  QueryScan scan() {
    return scan;
  }

  /** Returns the JSON forms of its keys, states and rows. */
  JsonForms forms() {
    return new JsonForms(scan.layouts());
  }

  /** Returns the owner of a shard's journal. */
  PersistenceId idOf(int shard) {
    return PersistenceIds.shard(name, scan.created().layout().generation(), shard);
  }

  /** Returns the epoch with whose result the journals of the shards begin; 0 if with no groups. */
  long beginsWith() {
    return scan.created().layout().beginsWith();
  }

  /** Returns the total number of shards of all operators. */
  int shards() {
    return scan.created().allShards();
  }

  /** Returns the shards that a key has, one of each operator, in the order of the operators. */
  List<Integer> shardsOf(GroupKey key) {
    requireShards();
    QueryCreated created = scan.created();
    return IntStream.range(0, created.operators().size())
        .mapToObj(operator -> created.shardOf(operator, key))
        .toList();
  }

  /**
   * Returns the JSON forms of a shard's groups.
   *
   * @param entryLimit the maximum number of entries to show of each variable
   */
  GroupForms forms(int shard, int entryLimit) {
    return new GroupForms(forms(), scan.created().operatorOf(shard), entryLimit);
  }

  /** Returns the number of a shard, after a check that the shard exists. */
  int requireShard(int shard) {
    requireShards();
    if (shard < 0 || shard >= shards()) {
      throw new IllegalArgumentException(
          "shard must be from 0 to %d, was [%d]".formatted(shards() - 1, shard));
    }
    return shard;
  }

  /** Checks that the query keeps groups. */
  void requireShards() {
    if (shards() == 0) {
      throw new IllegalArgumentException(
          "query must have a stateful operator, [%s] has none and keeps no groups".formatted(name));
    }
  }

  /**
   * Returns the last epoch up to a point.
   *
   * @throws IllegalArgumentException if the journal does not hold the point
   */
  long epochOf(ReplayPoint point) {
    if (point instanceof ReplayPoint.AtEpoch at) {
      if (at.epoch() > scan.planned()) {
        throw new IllegalArgumentException(
            "epoch must be at most [%d], the last that was planned, was [%d]"
                .formatted(scan.planned(), at.epoch()));
      }
      return at.epoch();
    }
    if (point instanceof ReplayPoint.AtTime at) {
      EpochTable epochs = scan.epochs();
      long epoch = epochs.lastPlannedBy(at.time());
      if (epoch < epochs.first() && epochs.first() > 1) {
        throw new IllegalArgumentException(
            "time must be one that the journal still tells of, was [%s]; the first epoch in it is [%d]"
                .formatted(at.time(), epochs.first()));
      }
      return Math.max(epoch, 0);
    }
    return scan.planned();
  }

  /** Reads a shard up to an epoch. */
  CompletionStage<ShardWalk> walk(
      int shard, int entryLimit, long until, @Nullable GroupKey watched) {
    // A start after the last epoch has no epoch yet, and belongs to the present.
    long present = until >= scan.planned() ? Long.MAX_VALUE : until;
    ShardWalk walk =
        new ShardWalk(
            shard,
            forms(shard, entryLimit),
            beginsWith(),
            until,
            incarnation -> scan.firstEpochOf(incarnation) <= present,
            watched);
    return reader.shard(idOf(shard), walk).thenApply(done -> walk);
  }
}
