package io.vellamo.testkit.simulation;

import java.util.function.Supplier;

/**
 * The faults that the simulation must find.
 *
 * <p>The first group contradicts the order of the protocol, and what the journal must hold. {@link
 * #FENCING_OFF} is the journal's part of fencing, on which all repairs of the second group rest: a
 * place in a journal is taken once.
 *
 * <p>Each fault of the second group undoes one rule for shards that are started again, or whose
 * messages arrive late or twice:
 *
 * <ul>
 *   <li>{@link #PARTS_NOT_VOIDED}: a claim voids the parts of an epoch that was not completed.
 *   <li>{@link #OPENING_NOT_RECOVERED}: the claim holds the run that has opened the shard.
 *   <li>{@link #NOT_OPENED_ACCEPTED}: an epoch runs only for the run that has opened the shard.
 *   <li>{@link #OVERTAKEN_REQUEST_FAILS}: a request that another one has overtaken is ignored.
 *   <li>{@link #LATE_REPLY_COUNTS}: a reply counts for the request that it answers.
 *   <li>{@link #RUNNING_EPOCH_BEGUN_AGAIN}: a running epoch is not begun again.
 * </ul>
 *
 * <p>None of the first group covers any of these, and all of them occur on one node. What needs
 * several nodes is not simulated: two processes that write one file of a sink, a reader that dies
 * while others of the same epoch go on, and clocks that differ from node to node.
 *
 * <p>The third group concerns sinks that fail halfway, the start of a query, unions and truncated
 * journals; the fourth aggregations; the fifth outages of sources and sinks; the sixth sinks that
 * are written in ranges; the seventh the pages of the whole result; the last users' requests for
 * groups.
 */
enum PlantedFaults {
  COMMIT_BEFORE_SINK(ProtocolFaults.CommitBeforeSink::new),
  PLAN_AFTER_READ(ProtocolFaults.PlanAfterRead::new),
  FENCING_OFF(JournalFaults.WithoutFence::new),
  LATE_TEST_OFF_BY_ONE(ProtocolFaults.LateTest::new),
  TIMER_NOT_PERSISTED(JournalFaults.TimersNotWritten::new),
  EARLY_TIMEOUT(ProtocolFaults.EarlyTimeout::new),
  DOUBLE_FIRE_AFTER_RECOVERY(JournalFaults.DoubleFire::new),
  ANSWER_WITHOUT_ROWS(JournalFaults.RowsForgotten::new),
  READ_AHEAD_KEPT(ProtocolFaults.ReadAheadKept::new),
  SNAPSHOT_IN_THE_MIDST(ProtocolFaults.SnapshotInTheMidst::new),

  PARTS_NOT_VOIDED(HoleFaults.PartsNotVoided::new),
  OPENING_NOT_RECOVERED(HoleFaults.OpeningNotRecovered::new),
  NOT_OPENED_ACCEPTED(HoleFaults.NotOpenedAccepted::new),
  OVERTAKEN_REQUEST_FAILS(HoleFaults.OvertakenRequestFails::new),
  LATE_REPLY_COUNTS(HoleFaults.LateReplyCounts::new),
  RUNNING_EPOCH_BEGUN_AGAIN(HoleFaults.RunningEpochBegunAgain::new),

  FAILED_WRITE_COMMITTED(ProtocolFaults.FailedWriteCommitted::new),
  INITIAL_STATES_READ_ONCE(ProtocolFaults.InitialStatesReadOnce::new),
  STREAM_WATERMARKS_FORGOTTEN(JournalFaults.StreamWatermarksForgotten::new),
  TRUNCATED_BEYOND_MARK(JournalFaults.TruncatedBeyondMark::new),

  MERGE_LOSES_RIGHT(AggregationFaults.MergeLosesRight::new),
  ZERO_SHARED(AggregationFaults.ZeroShared::new),
  WINDOW_CLOSED_TWICE(AggregationFaults.ClosedTwice::new),
  SLICE_NOT_EVICTED(AggregationFaults.NotEvicted::new),
  LATE_BEFORE_END(AggregationFaults.LateBeforeEnd::new),
  WINDOW_CLOSED_EARLY(AggregationFaults.ClosedEarly::new),
  CLOSED_WHILE_PARKED(AggregationFaults.ClosedWhileParked::new),

  COMMITTED_WITHOUT_WRITE(OutageFaults.CommittedWithoutWrite::new),
  READ_WITHOUT_A_RANGE(OutageFaults.ReadWithoutRange::new),
  ROWS_OF_ANOTHER_EPOCH(OutageFaults.RowsOfAnotherEpoch::new),

  RANGE_COMMITTED_UNWRITTEN(RangeFaults.CommitBeforeAllWritten::new),
  RANGE_COMMIT_NOT_AWAITED(RangeFaults.CommitNotAwaited::new),
  RANGE_COMMIT_NOT_REPEATED(RangeFaults.CommitNotRepeated::new),
  RANGE_ROWS_NOT_SENT_AGAIN(RangeFaults.RowsNotSentAgain::new),
  RANGE_OF_STALE_OWNER(RangeFaults.StaleOwnerWrites::new),
  RANGE_NOT_COMMITTED_AGAIN(OutageFaults.RangeNotCommittedAgain::new),
  RANGE_NOT_WRITTEN_AGAIN(OutageFaults.RangeNotWrittenAgain::new),

  PAGE_WITHOUT_ROWS(PageFaults.RowsLost::new, true),
  PAGE_TAKEN_TWICE(PageFaults.TakenTwice::new, true),
  STALE_PAGE_ACCEPTED(PageFaults.StaleAccepted::new, true),

  GROUPS_NOT_COMMITTED(GroupFaults.NotCommitted::new);

  @SuppressWarnings("ImmutableEnumChecker") // a constructor
  private final Supplier<PlantedFault> planted;

  private final boolean isOfWholeResults;

  PlantedFaults(Supplier<PlantedFault> planted) {
    this(planted, false);
  }

  PlantedFaults(Supplier<PlantedFault> planted, boolean isOfWholeResults) {
    this.planted = planted;
    this.isOfWholeResults = isOfWholeResults;
  }

  /** Returns simulations with the fault, of queries that it concerns. */
  SeedResult.Simulator simulator() {
    return isOfWholeResults
        ? GeneratedRuns.ofWholeResults(planted)
        : GeneratedRuns.simulator(planted);
  }

  /** Returns the fault, for one simulation. */
  PlantedFault plant() {
    return planted.get();
  }
}
