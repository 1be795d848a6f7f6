package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Truncation of a simulated journal. */
class SimulatedJournalTest {
  private final SimulatedJournal journal = new SimulatedJournal();

  @Test
  void truncation_toTheMarkBefore_leavesWhatARecoveryReads() {
    write(4);
    journal.mark("log", 2, 0);
    assertThat(journal.mayTruncate("log")).isFalse();
    journal.mark("log", 3, 2);
    assertThat(journal.mayTruncate("log")).isTrue();

    journal.truncate("log", 2);

    assertThat(journal.mayTruncate("log")).isFalse();
    assertThat(journal.read("log").records()).containsExactly(new ShardOwned(4, 1));
    assertThat(journal.read("log").lastSequenceNr()).isEqualTo(4);
    assertThat(journal.entries("log")).hasSize(4);
  }

  @Test
  void truncation_inParts_continuesToTheMarkBefore() {
    write(3);
    journal.mark("log", 3, 2);

    journal.truncate("log", 1);

    assertThat(journal.deleted("log")).isEqualTo(1);
    assertThat(journal.mayTruncate("log")).isTrue();
  }

  @Test
  void recovery_ofADeletedRecord_isRefused() {
    write(3);
    journal.mark("log", 1, 0);
    journal.truncate("log", 2);

    assertThatThrownBy(() -> journal.read("log"))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "a recovery of [log] must find all records after [1], those through [2] are deleted");
  }

  private void write(int records) {
    for (int i = 1; i <= records; i++) {
      journal.append("log", i - 1L, "writer", List.of(new ShardOwned(i, 1)));
    }
  }
}
