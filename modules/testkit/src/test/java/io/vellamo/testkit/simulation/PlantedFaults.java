package io.vellamo.testkit.simulation;

import java.util.function.Supplier;

/** The faults that the simulation must find. */
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
  RUNNING_EPOCH_BEGUN_AGAIN(HoleFaults.RunningEpochBegunAgain::new);

  @SuppressWarnings("ImmutableEnumChecker") // a constructor
  private final Supplier<PlantedFault> planted;

  PlantedFaults(Supplier<PlantedFault> planted) {
    this.planted = planted;
  }

  /** Returns the fault, for one simulation. */
  PlantedFault plant() {
    return planted.get();
  }
}
