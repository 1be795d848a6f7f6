package io.vellamo.replay;

import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/** A check of all shards of a query, one after the other, and of its own journal at the end. */
final class Verification {
  /** Attempts to read a journal: a running query may delete records while they are read. */
  private static final int ATTEMPTS = 3;

  private final ActorSystem<?> system;
  private final JournalOptions journal;
  private final JournalReader reader;
  private final QueryAccess query;
  private final List<ShardDigest> live;
  private final Findings findings;
  private final Consumer<ShardVerifier> listener;
  private long epochs;
  private long groups;
  private long snapshotGroups;
  private int recovered;
  private int liveShards;
  private long knownFrom;
  private long lastEpoch;
  private int furthest = -1;

  /** Creates a check; {@code live} holds the digests of the running shards, or is empty. */
  Verification(
      ActorSystem<?> system,
      JournalOptions journal,
      JournalReader reader,
      QueryAccess query,
      List<ShardDigest> live) {
    this(system, journal, reader, query, live, shard -> {});
  }

  /** Creates a check of shards that do not run; {@code listener} gets each after its check. */
  Verification(
      ActorSystem<?> system,
      JournalOptions journal,
      JournalReader reader,
      QueryAccess query,
      Consumer<ShardVerifier> listener) {
    this(system, journal, reader, query, List.of(), listener);
  }

  private Verification(
      ActorSystem<?> system,
      JournalOptions journal,
      JournalReader reader,
      QueryAccess query,
      List<ShardDigest> live,
      Consumer<ShardVerifier> listener) {
    this.system = system;
    this.journal = journal;
    this.reader = reader;
    this.query = query;
    this.live = live;
    this.listener = listener;
    this.findings = new Findings(query.forms());
  }

  CompletionStage<VerifyReport> run(ReplayProgress progress) {
    return reader
        .eachShard(query.shards(), progress, shard -> verify(shard, ATTEMPTS).thenApply(this::take))
        .thenCompose(done -> verifyQuery(ATTEMPTS))
        .thenApply(done -> report());
  }

  private CompletionStage<ShardVerifier> verify(int shard, int attempts) {
    return start(shard)
        .thenCompose(
            begin -> {
              @Nullable ShardDigest digest = shard < live.size() ? live.get(shard) : null;
              ShardVerifier verifier =
                  new ShardVerifier(
                      shard, query.scan().created(), query.forms(shard, 1), begin, digest);
              return reader
                  .shard(query.idOf(shard), verifier)
                  .thenCompose(
                      scan -> {
                        verifier.end(scan.openEpoch(), query.scan().committed());
                        return settle(verifier, begin, attempts);
                      });
            });
  }

  /** Reads a shard again if there are findings and its snapshot has changed meanwhile. */
  private CompletionStage<ShardVerifier> settle(ShardVerifier verifier, long begin, int attempts) {
    if (verifier.findings().count() == 0 || attempts <= 1) {
      return CompletableFuture.completedStage(verifier);
    }
    return start(verifier.shard())
        .thenCompose(
            now ->
                now == begin
                    ? CompletableFuture.completedStage(verifier)
                    : verify(verifier.shard(), attempts - 1));
  }

  private CompletionStage<Long> start(int shard) {
    return RecoveryStart.of(system, journal, query.idOf(shard));
  }

  private Verification take(ShardVerifier verifier) {
    listener.accept(verifier);
    findings.addAll(verifier.findings());
    epochs += verifier.epochs();
    groups += verifier.groups();
    snapshotGroups += verifier.snapshotGroups();
    recovered += verifier.isKnown() ? 1 : 0;
    liveShards += verifier.isLiveCompared() ? 1 : 0;
    knownFrom = Math.max(knownFrom, verifier.knownFrom());
    if (verifier.lastEpoch() > lastEpoch) {
      lastEpoch = verifier.lastEpoch();
      furthest = verifier.shard();
    }
    return this;
  }

  /** Checks the query's own journal, after the shards: their epochs have been planned by then. */
  private CompletionStage<Verification> verifyQuery(int attempts) {
    Findings ofQuery = new Findings(query.forms());
    return reader
        .query(
            query.name(), problem -> ofQuery.add(Finding.Kind.QUERY_RECORDS, -1, 0, null, problem))
        .thenCompose(
            scan -> {
              if (ofQuery.count() > 0 && attempts > 1) {
                return verifyQuery(attempts - 1);
              }
              findings.addAll(ofQuery);
              if (lastEpoch > scan.planned()) {
                findings.add(
                    Finding.Kind.AHEAD_OF_QUERY,
                    furthest,
                    lastEpoch,
                    null,
                    "the shard holds epoch [%d], the query has planned up to [%d]"
                        .formatted(lastEpoch, scan.planned()));
              }
              return CompletableFuture.completedStage(this);
            });
  }

  private VerifyReport report() {
    return new VerifyReport(
        query.name(),
        query.shards(),
        epochs,
        groups,
        snapshotGroups,
        recovered,
        liveShards,
        knownFrom,
        findings.count(),
        findings.kept());
  }
}
