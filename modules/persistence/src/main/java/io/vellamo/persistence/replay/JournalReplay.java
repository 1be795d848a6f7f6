package io.vellamo.persistence.replay;

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
 * The journal of queries, read as a recording: what there is, the state of any group at any epoch,
 * and how it came about.
 *
 * <pre>{@code
 * JournalReplay replay = JournalReplay.on(system);
 * CompletionStage<GroupAt> then =
 *     replay.group("sessions", ReplayKey.of("ann"), ReplayPoint.epoch(17));
 * }</pre>
 *
 * <p>It reads through Pekko Persistence Query, and needs none of the users' classes: keys, states
 * and rows are shown as JSON. Queries may run meanwhile. Where the beginning of a journal has been
 * deleted ({@code vellamo.journal.history = none}), what is left tells everything from some epoch
 * on; results say from which.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Stages fail with {@link IllegalArgumentException} if there is no such query, or
 * the point asked for is not in the journal, with {@link
 * io.vellamo.persistence.journal.MissingRecordsException} if records are missing between others,
 * and with the journal's error if it can't be read. {@code verify} reports missing records instead.
 *
 * <p><b>Cost</b> Records are streamed. What is asked of a group reads the history of its shard and
 * holds that shard's groups; what is asked of a query does so shard after shard.
 *
 * @since 0.1
 */
public final class JournalReplay {
  private static final int DIFFERENCES = 100;

  private final ActorSystem<?> system;
  private final JournalOptions options;
  private final JournalReader reader;
  private final ReplayProgress progress;

  private JournalReplay(
      ActorSystem<?> system,
      JournalOptions options,
      JournalReader reader,
      ReplayProgress progress) {
    this.system = system;
    this.options = options;
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * Opens the journal that the queries of an actor system write.
   *
   * @param system configured as for the queries; none of them has to run
   * @return the journal as a recording
   * @throws IllegalStateException if it is not known how to read the journal; the message says what
   *     to set
   */
  public static JournalReplay on(ActorSystem<?> system) {
    JournalOptions options = JournalOptions.from(system.settings().config());
    JournalReader reader = JournalReader.open(system, options);
    return new JournalReplay(system, options, reader, (done, shards) -> {});
  }

  /**
   * Returns the same recording with a listener.
   *
   * @param listener learns of progress where all shards are read
   * @return a copy
   */
  public JournalReplay withProgress(ReplayProgress listener) {
    return new JournalReplay(system, options, reader, requireNonNull(listener, "listener"));
  }

  /**
   * Returns all queries that the journal knows.
   *
   * @return what their own journals say, by name
   */
  public CompletionStage<List<QueryOverview>> queries() {
    return reader.queries();
  }

  /**
   * Returns a query and its shards.
   *
   * @param name the query's name
   * @return what the journals of query and shards say
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
                            query.walk(shard, Long.MAX_VALUE, null).thenApply(ShardWalk::overview))
                    .thenApply(shards -> new QueryDetails(query.scan().overview(), shards)));
  }

  /**
   * Returns the groups of a query as they are now.
   *
   * @param name the query's name
   * @param prefix what their keys begin with, as text or JSON; empty for all
   * @param limit how many are wanted, at least 1
   * @return the groups, and how many there are
   */
  public CompletionStage<GroupList> groups(String name, String prefix, int limit) {
    GroupCollector collector = new GroupCollector(prefix, limit);
    return QueryAccess.of(name, reader)
        .thenCompose(
            query ->
                reader.eachShard(
                    query.shards(),
                    progress,
                    shard -> query.walk(shard, Long.MAX_VALUE, null).thenApply(collector::take)))
        .thenApply(done -> collector.list());
  }

  /**
   * Returns a group at a point. If several operators have had a group of that key by then, it is
   * that of the last of them; {@link #groupInOperators} returns each.
   *
   * @param name the query's name
   * @param key the group's key
   * @param point when
   * @return the group; nothing may be kept of it
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
   * @param point when
   * @return a group of each operator, in the order of the operators; nothing may be kept of it
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
                          .walk(shard, epoch, groupKey)
                          .thenApply(walk -> walk.requireKnown().groupAt(epoch, groupKey)));
            });
  }

  /**
   * Returns a shard at a point.
   *
   * @param name the query's name
   * @param shard the shard's number, from 0
   * @param point when
   * @param limit how many groups are wanted
   * @return the shard, its groups and the rows of its last epoch
   */
  public CompletionStage<ShardAt> shard(String name, int shard, ReplayPoint point, int limit) {
    return QueryAccess.of(name, reader)
        .thenCompose(
            query -> {
              long epoch = query.epochOf(point);
              return query
                  .walk(query.requireShard(shard), epoch, null)
                  .thenApply(walk -> walk.requireKnown().shardAt(epoch, limit));
            });
  }

  /**
   * Returns what epochs did to a group. If several operators have had a group of that key, it is
   * that of the last of them; {@link #historyInOperators} returns each.
   *
   * @param name the query's name
   * @param key the group's key
   * @param limit how many epochs are wanted at most; the last ones are given
   * @return its history
   */
  public CompletionStage<GroupHistory> history(String name, ReplayKey key, int limit) {
    return historyInOperators(name, key, limit)
        .thenApply(histories -> lastKnown(histories, history -> history.epochCount() > 0));
  }

  /**
   * Returns what epochs did to the groups of a key, one of each stateful operator.
   *
   * @param name the query's name
   * @param key the groups' key
   * @param limit how many epochs of each are wanted at most; the last ones are given
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
                          new HistoryWalk(
                              key.groupKey(),
                              shard,
                              query.operatorOf(shard),
                              query.scan().epochs(),
                              limit);
                      return reader.shard(name, shard, walk).thenApply(done -> walk.history());
                    }));
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
   * Looks for a key that somebody typed: text, a number, or JSON for keys of a class.
   *
   * @param name the query's name
   * @param text what was typed
   * @return the keys of groups that are or were there; without one, keys that begin alike
   */
  public CompletionStage<KeySearch> findKey(String name, String text) {
    KeyWalk walk = new KeyWalk(text);
    return QueryAccess.of(name, reader)
        .thenCompose(
            query ->
                reader.eachShard(
                    query.shards(),
                    progress,
                    shard ->
                        walk.isFoundIn(query.scan().created().operatorIndexOf(shard))
                            ? CompletableFuture.completedStage(walk)
                            : reader.shard(name, shard, walk).thenApply(done -> walk)))
        .thenApply(done -> walk.result());
  }

  /**
   * Runs the recorded inputs of a query through a changed function, from the first epoch that is
   * known to the last that was committed, and compares with what is recorded.
   *
   * @param name the query's name
   * @param replacement the changed function
   * @return the first 100 differences, and how many there are
   */
  public CompletionStage<ReplayReport> replay(String name, Replacement<?, ?, ?, ?> replacement) {
    return replay(name, replacement, 0, DIFFERENCES);
  }

  /**
   * Runs the recorded inputs of a query through a changed function, and compares with what is
   * recorded. Nothing else notices: no sink, no journal, no actor.
   *
   * <p><b>Time</b> The function sees the clocks that each epoch was planned with. Late events were
   * dropped before they were recorded.
   *
   * <p><b>Failure</b> Where the function throws, the group counts as different and is not called
   * again. The stage fails if inputs are missing, and if the class of an event is not on the class
   * path.
   *
   * <p><b>Cost</b> Holds one shard twice, and the keys of all groups it ever had.
   *
   * @param name the query's name
   * @param replacement the changed function
   * @param firstEpoch where to begin, with the groups recorded before it; 0 for the first epoch
   *     that the journal lets begin with
   * @param limit how many groups' differences are wanted; they are counted all
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
   * Checks that recovery is right: builds each shard from its first record, and compares with every
   * snapshot on the way and with what a recovery gives; checks also that the records follow from
   * each other.
   *
   * <p>{@code Vellamo.get(system).verify(name)} compares with the running query as well.
   *
   * @param name the query's name
   * @return what was found
   */
  public CompletionStage<VerifyReport> verify(String name) {
    return verify(name, List.of());
  }

  /**
   * Checks as {@link #verify(String)} does, and compares with running shards.
   *
   * @param name the query's name
   * @param live the digests of its running shards, by number
   * @return what was found
   */
  public CompletionStage<VerifyReport> verify(String name, List<ShardDigest> live) {
    return QueryAccess.ofAny(name, reader)
        .thenCompose(query -> new Verification(system, options, reader, query, live).run(progress));
  }
}
