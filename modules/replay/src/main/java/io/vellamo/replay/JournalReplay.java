package io.vellamo.replay;

import static java.util.Objects.requireNonNull;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The journal of queries, read as a recording: its queries and groups, the state of any group at
 * any epoch, and the history of that state.
 *
 * <pre>{@code
 * JournalReplay replay = JournalReplay.on(system);
 * CompletionStage<GroupAt> then =
 *     replay.group("sessions", ReplayKey.of("ann"), ReplayPoint.epoch(17));
 * }</pre>
 *
 * <p>It reads through Pekko Persistence Query and does not need the users' classes: keys, states,
 * variables and rows are shown as JSON. Queries may run meanwhile. If the beginning of a journal
 * has been deleted ({@code vellamo.journal.history = none}), the rest is complete from some epoch
 * on, which results include.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Stages fail with {@link IllegalArgumentException} if there is no such query, or
 * the requested point is not in the journal; with {@link
 * io.vellamo.persistence.journal.MissingRecordsException} if records are missing between others;
 * and with the journal's error if it can't be read. {@code verify} reports missing records instead.
 *
 * <p><b>Cost</b> Records are streamed. A request for a group reads the history of its shard and
 * holds the shard's groups in memory; a request for a query does so for one shard after the other.
 *
 * @since 0.1
 */
public final class JournalReplay {
  private static final int DIFFERENCES = 100;
  private static final int ENTRIES = 100;

  private final ActorSystem<?> system;
  private final JournalOptions options;
  private final JournalReader reader;
  private final ReplayProgress progress;
  private final int entryLimit;

  private JournalReplay(
      ActorSystem<?> system,
      JournalOptions options,
      JournalReader reader,
      ReplayProgress progress,
      int entryLimit) {
    this.system = system;
    this.options = options;
    this.reader = reader;
    this.progress = progress;
    this.entryLimit = entryLimit;
  }

  /**
   * Opens the journal that the queries of an actor system write.
   *
   * @param system a system with the configuration of the queries, none of which has to run
   * @return the journal as a recording
   * @throws IllegalStateException if no read journal is known for the journal; the message names
   *     the setting
   */
  public static JournalReplay on(ActorSystem<?> system) {
    JournalOptions options = JournalOptions.from(system.settings().config());
    JournalReader reader = JournalReader.open(system, options);
    return new JournalReplay(system, options, reader, (done, shards) -> {}, ENTRIES);
  }

  /**
   * Returns the same recording with a listener.
   *
   * @param listener a listener that is notified of progress when all shards are read
   * @return a copy
   */
  public JournalReplay withProgress(ReplayProgress listener) {
    requireNonNull(listener, "listener");
    return new JournalReplay(system, options, reader, listener, entryLimit);
  }

  /**
   * Returns the same recording with a limit of the entries that are returned of each variable.
   *
   * @param limit the maximum number, at least 1; defaults to 100
   * @return a copy
   */
  public JournalReplay withEntryLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be positive, was [%d]".formatted(limit));
    }
    return new JournalReplay(system, options, reader, progress, limit);
  }

  /**
   * Returns all queries in the journal.
   *
   * @return overviews from the queries' own journals, by name
   */
  public CompletionStage<List<QueryOverview>> queries() {
    return reader.queries();
  }

  /**
   * Returns a query and its shards.
   *
   * @param name the query's name
   * @return details from the journals of the query and its shards
   */
  public CompletionStage<QueryDetails> query(String name) {
    return QueryAccess.of(name, reader)
        .thenCompose(
            query ->
                reader
                    .eachShard(
                        query.shards(),
                        progress,
                        shard ->
                            query
                                .walk(shard, entryLimit, Long.MAX_VALUE, null)
                                .thenApply(ShardWalk::overview))
                    .thenApply(shards -> new QueryDetails(query.scan().overview(), shards)));
  }

  /**
   * Returns the current groups of a query.
   *
   * @param name the query's name
   * @param prefix the prefix of their keys, as text or JSON; empty for all
   * @param limit the maximum number of groups to return, at least 1
   * @return the groups, and their total number
   */
  public CompletionStage<GroupList> groups(String name, String prefix, int limit) {
    GroupCollector collector = new GroupCollector(prefix, limit);
    return QueryAccess.of(name, reader)
        .thenCompose(
            query ->
                reader.eachShard(
                    query.shards(),
                    progress,
                    shard ->
                        query
                            .walk(shard, entryLimit, Long.MAX_VALUE, null)
                            .thenApply(collector::take)))
        .thenApply(done -> collector.list());
  }

  /**
   * Returns a group at a point. If several operators have had a group of that key by then, returns
   * that of the last of these operators; {@link #groupInOperators} returns each.
   *
   * @param name the query's name
   * @param key the group's key
   * @param point the point in the query's history
   * @return the group; it may be empty
   */
  public CompletionStage<GroupAt> group(String name, ReplayKey key, ReplayPoint point) {
    return groupInOperators(name, key, point)
        .thenApply(groups -> lastKnown(groups, GroupAt::isKnown));
  }

  /**
   * Returns the groups of a key at a point, one of each stateful operator.
   *
   * @param name the query's name
   * @param key the groups' key
   * @param point the point in the query's history
   * @return a group of each operator, in the order of the operators; any of them may be empty
   */
  public CompletionStage<List<GroupAt>> groupInOperators(
      String name, ReplayKey key, ReplayPoint point) {
    GroupKey groupKey = key.groupKey();
    return QueryAccess.of(name, reader)
        .thenCompose(
            query -> {
              long epoch = query.epochOf(point);
              return reader.each(
                  query.shardsOf(groupKey),
                  shard ->
                      query
                          .walk(shard, entryLimit, epoch, groupKey)
                          .thenApply(walk -> walk.requireKnown().groupAt(epoch, groupKey)));
            });
  }

  /**
   * Returns a shard at a point.
   *
   * @param name the query's name
   * @param shard the shard's number, from 0
   * @param point the point in the query's history
   * @param limit the maximum number of groups to return
   * @return the shard, its groups and the rows of its last epoch
   */
  public CompletionStage<ShardAt> shard(String name, int shard, ReplayPoint point, int limit) {
    return QueryAccess.of(name, reader)
        .thenCompose(
            query -> {
              long epoch = query.epochOf(point);
              return query
                  .walk(query.requireShard(shard), entryLimit, epoch, null)
                  .thenApply(walk -> walk.requireKnown().shardAt(epoch, limit));
            });
  }

  /**
   * Returns the effects of epochs on a group. If several operators have had a group of that key,
   * returns the history of the last of these operators; {@link #historyInOperators} returns each.
   *
   * @param name the query's name
   * @param key the group's key
   * @param limit the maximum number of epochs to return, which are the last ones
   * @return its history
   */
  public CompletionStage<GroupHistory> history(String name, ReplayKey key, int limit) {
    return historyInOperators(name, key, limit)
        .thenApply(histories -> lastKnown(histories, history -> history.epochCount() > 0));
  }

  /**
   * Returns the effects of epochs on the groups of a key, one of each stateful operator.
   *
   * @param name the query's name
   * @param key the groups' key
   * @param limit the maximum number of epochs to return of each, which are the last ones
   * @return a history of each operator, in the order of the operators; it may be empty
   */
  public CompletionStage<List<GroupHistory>> historyInOperators(
      String name, ReplayKey key, int limit) {
    return QueryAccess.of(name, reader)
        .thenCompose(
            query ->
                reader.each(
                    query.shardsOf(key.groupKey()),
                    shard -> {
                      HistoryWalk walk =
                          new HistoryWalk(query, shard, key.groupKey(), entryLimit, limit);
                      return reader
                          .shard(query.idOf(shard), walk)
                          .thenApply(done -> walk.history());
                    }));
  }

  /**
   * Returns the origin of a row: the group that emitted it, the events and times for which the
   * group was called, and what it was before.
   *
   * <p><b>Failure</b> The stage also fails with {@link IllegalArgumentException} if the journal
   * does not hold the row.
   *
   * @param row the row, as sinks name it
   * @param earlier the maximum number of earlier epochs of the group to return, not negative
   * @return its origin
   */
  public CompletionStage<RowOrigin> origin(RowReference row, int earlier) {
    return new RowOrigins(reader, entryLimit).find(row, earlier);
  }

  private static <T> T lastKnown(List<T> ofOperators, Predicate<T> known) {
    for (int operator = ofOperators.size() - 1; operator > 0; operator--) {
      if (known.test(ofOperators.get(operator))) {
        return ofOperators.get(operator);
      }
    }
    T first = ofOperators.get(0);
    return known.test(first) ? first : ofOperators.get(ofOperators.size() - 1);
  }

  /**
   * Searches for a key as typed: text, a number, or JSON for keys of a class.
   *
   * @param name the query's name
   * @param text the typed text
   * @return the keys of groups that exist or existed; if there are none, keys that share a prefix
   *     with the text
   */
  public CompletionStage<KeySearch> findKey(String name, String text) {
    return QueryAccess.of(name, reader)
        .thenCompose(
            query -> {
              KeyWalk walk = new KeyWalk(query.forms(), text);
              return reader
                  .eachShard(
                      query.shards(),
                      progress,
                      shard ->
                          walk.isFoundIn(query.scan().created().operatorIndexOf(shard))
                              ? CompletableFuture.completedStage(walk)
                              : reader.shard(query.idOf(shard), walk).thenApply(done -> walk))
                  .thenApply(done -> walk.result());
            });
  }

  /**
   * Runs the recorded inputs of a query through a changed function, from the first known epoch to
   * the last committed one, and compares the results with the recorded ones.
   *
   * @param name the query's name
   * @param replacement the changed function
   * @return the first 100 differences, and their number
   */
  public CompletionStage<ReplayReport> replay(String name, Replacement<?, ?, ?, ?> replacement) {
    return replay(name, replacement, 0, DIFFERENCES);
  }

  /**
   * Runs the recorded inputs of a query through a changed function, and compares the results with
   * the recorded ones. It affects nothing else: no sink, no journal, no actor.
   *
   * <p><b>Time</b> The function sees the clocks that each epoch was planned with. Late events were
   * dropped before they were recorded.
   *
   * <p>Variables and timers of a processor are matched by name; those that only one side declares
   * are not compared.
   *
   * <p><b>Failure</b> If the function throws, the group counts as different and is not called
   * again. The stage fails if inputs are missing, or if the class of an event is not on the class
   * path.
   *
   * <p><b>Cost</b> Holds one shard twice, and the keys of all groups that it ever had.
   *
   * @param name the query's name
   * @param replacement the changed function
   * @param firstEpoch the first epoch to run, starting from the groups recorded before it; 0 for
   *     the earliest epoch that can be replayed
   * @param limit the maximum number of groups whose differences are returned; all of them are
   *     counted
   * @return the differences, the earliest first
   */
  public CompletionStage<ReplayReport> replay(
      String name, Replacement<?, ?, ?, ?> replacement, long firstEpoch, int limit) {
    return QueryAccess.of(name, reader)
        .thenCompose(
            query ->
                new FunctionReplay(system, reader, query, replacement, limit)
                    .run(firstEpoch, progress));
  }

  /**
   * Checks that recovery is right: rebuilds each shard from its first record, compares it with
   * every snapshot in its journal and with the result of a recovery, and checks that the records
   * are consistent.
   *
   * <p>{@link #verify(String, RunningShards)} compares with the running query as well.
   *
   * @param name the query's name
   * @return the findings
   */
  public CompletionStage<VerifyReport> verify(String name) {
    return verify(name, query -> CompletableFuture.completedStage(List.of()));
  }

  /**
   * Performs the checks of {@link #verify(String)}, and compares the journal with the query's
   * running shards.
   *
   * <pre>{@code
   * JournalReplay.on(system).verify("sessions", Vellamo.get(system)::shardDigests);
   * }</pre>
   *
   * <p><b>Cost</b> Reads the whole journal of the query, and holds one shard at a time. A running
   * shard reads all it keeps once, between two messages.
   *
   * @param name the query's name; it need not run
   * @param running access to its running shards
   * @return the findings
   */
  public CompletionStage<VerifyReport> verify(String name, RunningShards running) {
    return running
        .digests(name)
        // Not on the thread that completes the digests, which may be that of an actor.
        .thenComposeAsync(digests -> verify(name, digests), system.executionContext());
  }

  private CompletionStage<VerifyReport> verify(String name, List<ShardDigest> running) {
    return QueryAccess.ofAny(name, reader)
        .thenCompose(
            query -> new Verification(system, options, reader, query, running).run(progress));
  }
}
