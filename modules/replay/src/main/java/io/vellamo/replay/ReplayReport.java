package io.vellamo.replay;

import java.util.List;

/**
 * The results of a changed function for recorded inputs, compared with the recorded results.
 *
 * @param query the query's name
 * @param firstEpoch the first epoch that was replayed
 * @param lastEpoch the last epoch; smaller than {@code firstEpoch} if there was none
 * @param events the number of replayed events
 * @param recordedRows the number of rows in the journal for these epochs
 * @param replayedRows the number of rows that the changed function emitted
 * @param sameGroups the number of groups that are the same in all epochs
 * @param differentGroups the number of groups that differ in at least one epoch: in rows, state,
 *     timeout, variables or timers, or because the function threw
 * @param otherRowGroups the number of these that emit other rows, regardless of the epochs of the
 *     rows
 * @param failedGroups the number of these for which the changed function threw
 * @param rowDifferences the first differing row of each group that emits other rows, by epoch and
 *     key, up to the requested number
 * @param differences the first difference of each group that differs, by epoch and key, up to the
 *     requested number
 * @since 0.1
 */
public record ReplayReport(
    String query,
    long firstEpoch,
    long lastEpoch,
    long events,
    long recordedRows,
    long replayedRows,
    long sameGroups,
    long differentGroups,
    long otherRowGroups,
    long failedGroups,
    List<RowDifference> rowDifferences,
    List<KeyDifference> differences) {
  /** Copies the differences. */
  public ReplayReport {
    rowDifferences = List.copyOf(rowDifferences);
    differences = List.copyOf(differences);
  }

  /**
   * Returns whether the changed function had the same results.
   *
   * @return true if no group differs
   */
  public boolean isSame() {
    return differentGroups == 0;
  }
}
