package io.vellamo.actors.query;

import io.vellamo.actors.io.IoObserver;
import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.QueryInput;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator's access to its shards, wherever they run.
 *
 * <p>Everything that is sent is a value that a serializer could write.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
public interface Shards {
  /** A factory of the access to a query's shards. */
  @FunctionalInterface
  interface Factory {
    /**
     * Creates the access to shards that are not started yet.
     *
     * @param coordinator the coordinator, as a parent of shards that run as its children
     * @param observer is told what happens
     * @return the access
     */
    Shards create(ActorContext<?> coordinator, Observer observer);
  }

  /**
   * Is told what happens to shards.
   *
   * @param answers takes the answers of the shards
   * @param io takes what else the query's machine has to know
   */
  record Observer(ActorRef<ShardAnswer> answers, IoObserver io) {}

  /** Returns what reads epochs in place of the coordinator; null if the coordinator reads them. */
  default @Nullable Readers readers() {
    return null;
  }

  /** Starts all shards. */
  void start(QueryCreated created);

  /** Starts a shard that has stopped again. */
  void restart(int shard);

  /** Sends a request other than one to run an epoch. */
  void send(int shard, ShardRequest request);

  /** Sends a request to run an epoch, with the shard's input. */
  void run(int shard, ShardRequest.RunEpoch request, EpochInput input);

  /**
   * Returns whether the ranges of the sink are written where their shards run, from now on, and not
   * by the coordinator. Replies of shards then come without the rows.
   *
   * @param ledger the query as its journal knows it
   * @param ranges the number of ranges of shards with a writer each; 0 if the sink has one writer
   */
  default boolean writeRanges(QueryLedger ledger, int ranges) {
    return false;
  }

  /**
   * Writes the rows of a range where its shards run; {@link QueryInput.RangeWritten}, {@link
   * QueryInput.RangeLacks} or {@link QueryInput.RangeFailed} follows.
   */
  default void writeRange(int range, long epoch) {
    throw new AssertionError("the coordinator writes range [%d]".formatted(range));
  }

  /**
   * Commits an epoch at a range where its shards run; {@link QueryInput.RangeCommitted}, {@link
   * QueryInput.RangeLacks} or {@link QueryInput.RangeFailed} follows.
   */
  default void commitRange(int range, long epoch) {
    throw new AssertionError("the coordinator commits range [%d]".formatted(range));
  }

  /** Forgets an attempt to run an epoch: its requests are not sent again. */
  default void discard(long epoch, long attempt) {}

  /** Returns the number of a shard, given its actor. */
  int number(ActorRef<?> shard);

  /** Returns the shards in the order of their journals, for queries within the same JVM. */
  List<ActorRef<ShardCommand>> inJournalOrder();
}
