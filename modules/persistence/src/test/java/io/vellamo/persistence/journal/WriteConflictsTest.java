package io.vellamo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.apache.pekko.persistence.typed.internal.JournalFailureException;
import org.junit.jupiter.api.Test;

final class WriteConflictsTest {
  /** Named like the failure of the embedded journal, which is optional here. */
  private static final class SequenceConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void sequenceConflict_amongTheCauses_isAConflict() {
    assertConflict(new IllegalStateException(new SequenceConflictException()), true);
  }

  @Test
  void violatedConstraint_amongTheCausesOrInABatch_isAConflict() {
    SQLException taken = new SQLException("duplicate key", "23505");
    BatchUpdateException batch = new BatchUpdateException();
    batch.setNextException(taken);

    assertConflict(new IllegalStateException(taken), true);
    assertConflict(batch, true);
  }

  @Test
  void otherFailures_areNoConflict() {
    assertConflict(new IllegalStateException("no connection"), false);
    assertConflict(new SQLException("no connection", "08006"), false);
    assertConflict(new SQLException("no state"), false);
  }

  private static void assertConflict(Throwable failure, boolean isConflict) {
    assertThat(WriteConflicts.isConflict(failure)).isEqualTo(isConflict);
    assertThat(JournalLosses.mayPass(new JournalFailureException("failed", failure)))
        .as("may pass")
        .isEqualTo(!isConflict);
  }
}
