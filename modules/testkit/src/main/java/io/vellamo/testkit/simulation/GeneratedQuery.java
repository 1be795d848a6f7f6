package io.vellamo.testkit.simulation;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.local.LocalJournal;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.shard.ShardDigest;
import java.util.List;

/**
 * A query that a seed has made up, with its input, and a brute-force computation of its result. A
 * test runs it on a runtime of its choice, and reports what that runtime writes to its journal.
 *
 * <p><b>Order</b> {@link #builder} for each run, {@link #feed} until {@link #isFed}; {@link #check}
 * once {@link #isProcessed}.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * @since 0.1
 */
public final class GeneratedQuery {
  /** The query's name. */
  public static final String NAME = GeneratedScenario.NAME;

  /** The name of the query's own log in {@link #journal}. */
  public static final String QUERY_LOG = LocalRun.QUERY_LOG;

  private final Dice dice;
  private final QueryClock clock;
  private final SimulatedJournal journal = new SimulatedJournal();
  private final GeneratedScenario scenario;

  private GeneratedQuery(Dice dice, QueryClock clock) {
    this.dice = dice;
    this.clock = clock;
    this.scenario =
        new GeneratedScenario(
            new GeneratedBy(dice, dice, SeedReduction.NONE, clock, false),
            journal,
            PlantedFault.NONE);
  }

  /** Calls of a query's sources and sink, through which a test can disturb them. */
  public interface Connectors {
    /** Sources and sink as they are. */
    Connectors DIRECT =
        new Connectors() {
          @Override
          public <T> EventSource<T> around(EventSource<T> source) {
            return source;
          }

          @Override
          public <U> RowSink<U> around(RowSink<U> sink) {
            return sink;
          }
        };

    /**
     * Returns a source that calls another.
     *
     * @param source the source to call
     * @param <T> the event type
     */
    <T> EventSource<T> around(EventSource<T> source);

    /**
     * Returns a sink that calls another.
     *
     * @param sink the sink to call
     * @param <U> the row type
     */
    <U> RowSink<U> around(RowSink<U> sink);
  }

  /**
   * Returns the query of a seed.
   *
   * @param dice decide about the query and its input
   * @param clock the query's clock
   * @return a query whose source offers nothing yet
   */
  public static GeneratedQuery of(Dice dice, QueryClock clock) {
    return new GeneratedQuery(requireNonNull(dice, "dice"), requireNonNull(clock, "clock"));
  }

  /**
   * Returns the query for a run.
   *
   * @param start the beginning of the query, named {@link #NAME}
   * @param connectors lie between the query and its source and sink
   * @return the query, ready to be started
   */
  public QueryBuilder builder(QueryStart start, Connectors connectors) {
    return scenario
        .builder(start, scenario.query().prepared().plan().trigger(), connectors)
        .clock(clock);
  }

  /** Returns the query in words. */
  public String description() {
    return scenario.description();
  }

  /** Returns the number of shards of each operator. */
  public int shards() {
    return scenario.query().shards();
  }

  /** Returns the limits of what shards write. */
  public JournalLimits limits() {
    return scenario.query().limits();
  }

  /** Returns the most groups that a shard calls at once. */
  public int callsAtOnce() {
    return scenario.query().callsAtOnce();
  }

  /** Returns whether a run of the query ends by itself once it has processed what there is. */
  public boolean endsByItself() {
    return scenario.query().prepared().plan().trigger().ends();
  }

  /** Lets the source offer more; returns how much, in words. */
  public String feed() {
    return scenario.feed(dice);
  }

  /** Returns whether the source offers everything. */
  public boolean isFed() {
    return scenario.isFed();
  }

  /**
   * Returns the journal, which a test keeps the same as that of its runtime: the records of each
   * log with their writers, and the places where recoveries begin.
   *
   * @return logs named {@link #QUERY_LOG}, and {@code shard-} with a number, of all operators
   */
  public LocalJournal journal() {
    return journal;
  }

  /** Returns whether, by the journal, every event that the source offers has been processed. */
  public boolean isProcessed() {
    QueryLedger ledger = JournalChecks.recoverQuery(journal).ledger();
    return ledger != null && ledger.planned() == null && scenario.isRead(ledger.offsets());
  }

  /**
   * Checks that the result is that of a brute-force computation, with nothing left to do, and that
   * the journal alone gives it.
   *
   * @throws AssertionError if something does not hold
   */
  public void check() {
    scenario.journalChecks().check();
    scenario.checkResult();
  }

  /**
   * Checks that no timeout by processing time has passed without a call of its group, as the
   * runtime wakes up for each.
   *
   * @param processingTimeMillis the time until which the runtime must have called groups
   * @throws AssertionError if a timeout has passed
   */
  public void checkTimeouts(long processingTimeMillis) {
    scenario.checkTimeouts(processingTimeMillis);
  }

  /**
   * Checks that shards hold in memory what the journal says.
   *
   * @param shards the digests of the shards, by number
   * @throws AssertionError if one holds something else
   */
  public void checkMemory(List<ShardDigest> shards) {
    for (int shard = 0; shard < shards.size(); shard++) {
      scenario.journalChecks().checkMemory("shard-" + shard, shards.get(shard));
    }
  }
}
