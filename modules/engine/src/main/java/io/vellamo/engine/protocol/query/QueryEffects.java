package io.vellamo.engine.protocol.query;

import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.List;

/**
 * The effects of a {@link QueryMachine}: what is to be done. Each outcome comes back as an input.
 *
 * <p>An effect must not give the machine an input before the machine has returned from the current
 * one.
 */
public interface QueryEffects {
  /**
   * Writes records to the query's journal, atomically; {@link QueryInput.Journaled} follows. Until
   * then the machine keeps other inputs.
   */
  void persist(List<QueryRecord> records);

  /**
   * Notes in the snapshot store that a recovery may begin after a record. The records before the
   * preceding snapshot may then be deleted: a run that this one has replaced may still be reading
   * those behind it.
   *
   * @param beginsAfter the sequence number of the record
   * @param before the record after which a recovery could begin so far; 0 if none may be deleted
   */
  void markSnapshot(long beginsAfter, long before);

  /**
   * Opens source and sinks; {@link QueryInput.Opened} or {@link QueryInput.OpenFailed} follows. A
   * source that an earlier attempt has opened stays open.
   *
   * @param ranges the number of ranges of shards with a writer each; 0 if the sink has one writer
   */
  void open(QueryLedger ledger, int ranges);

  /** Starts all shards, without opening them. */
  void startShards(QueryCreated created);

  /**
   * Starts a shard that has stopped again; {@link QueryInput.ShardRestarted} follows.
   *
   * @param backoffMillis the delay before
   */
  void restartShard(int shard, long backoffMillis);

  /**
   * Sends a request to a shard; {@link QueryInput.ShardReplied} follows. With a {@link
   * ShardRequest.RunEpoch}, the shard's events of that epoch and attempt are sent. The rows that a
   * {@link ShardRequest.SendRows} asks for are kept until {@link #discard}.
   */
  void send(int shard, ShardRequest request);

  /** Reads the initial states; {@link QueryInput.InitialStatesRead} follows. */
  void readInitialStates();

  /**
   * Asks the source what it offers; {@link QueryInput.Offered} or {@link QueryInput.OfferFailed}
   * follows.
   *
   * @param after the offsets where the preceding epoch ends
   * @param most the maximum number of events
   */
  void askSource(Offsets after, long most);

  /**
   * Asks the source what it offers after the epoch that runs; {@link QueryInput.OfferedAhead}
   * follows.
   */
  void askAhead(Offsets after, long most);

  /**
   * Reads an epoch and assigns its events to shards; {@link QueryInput.EpochRead} or {@link
   * QueryInput.ReadFailed} follows. An epoch without ranges has no events and is not read, but the
   * input follows as well.
   *
   * @param hasParked whether groups may be parked, whose events are kept one by one
   */
  void read(EpochPlan plan, long attempt, boolean hasParked);

  /**
   * Adds a page that a shard has sent to the shard's part of the whole result, which the first page
   * of an attempt begins; {@link QueryInput.PageTaken} follows.
   *
   * @param number the number of the page
   */
  void takePage(int shard, long epoch, long attempt, int number);

  /**
   * Routes the rows of an operator to the operators downstream; {@link QueryInput.RowsRouted}
   * follows.
   *
   * @param operator the operator's index
   */
  void routeRows(long epoch, long attempt, int operator);

  /**
   * Writes an epoch's rows, dead letters and late events to the sinks; {@link
   * QueryInput.SinkWritten} or {@link QueryInput.WriteFailed} follows. Rows of ranges are not
   * written, only by {@link #writeRange}.
   */
  void writeSink(long epoch, long attempt);

  /**
   * Writes the rows of the shards of a range; {@link QueryInput.RangeWritten} or {@link
   * QueryInput.RangeFailed} follows.
   *
   * @param attempt the attempt to run the epoch, or that of {@link ShardRequest.SendRows}
   */
  void writeRange(int range, long epoch, long attempt);

  /**
   * Makes the rows of an epoch visible that a range has written; {@link QueryInput.RangeCommitted},
   * {@link QueryInput.RangeLacks} or {@link QueryInput.RangeFailed} follows.
   */
  void commitRange(int range, long epoch);

  /** Discards what is kept of an epoch: it is committed, or this attempt was abandoned. */
  void discard(long epoch, long attempt);

  /** Tells the source of a commit; {@link QueryInput.Failed} follows if that fails. */
  void tellSource(Offsets offsets);

  /**
   * Gives the machine {@link QueryInput.Woken} after a delay. Replaces the wake-up requested
   * before.
   *
   * @param delayMillis the delay, by the query's clock
   */
  void wakeAfter(long delayMillis);

  /**
   * Requests {@link QueryInput.Woken} after a pause; replaces the wake-up requested before. Signals
   * of sources may be held back until then; the default holds back none.
   *
   * @param millis the length of the pause, by the query's clock
   */
  default void pause(long millis) {
    wakeAfter(millis);
  }

  /** Cancels the requested wake-up. */
  void cancelWakeUp();

  /**
   * Answers a user's request.
   *
   * @param id the request
   * @param answer the answer: {@code true} if nothing else is defined for the request
   */
  void answer(long id, Object answer);

  /** Returns what sources and sink report about themselves; called once an epoch is written. */
  default ConnectorMetrics metrics() {
    return ConnectorMetrics.NONE;
  }

  /** Tells observers. */
  void publish(QueryNews news);

  /** Notes why the query fails; {@link #finish} follows. */
  void fail(QueryFailure failure);

  /** Ends the query. The machine takes no more inputs. */
  void finish();
}
