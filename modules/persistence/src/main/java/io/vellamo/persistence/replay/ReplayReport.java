package io.vellamo.persistence.replay;

import java.util.List;

/**
 * What a changed function would have made of recorded inputs.
 *
 * @param query the query's name
 * @param firstEpoch the first epoch that was replayed
 * @param lastEpoch the last; smaller than {@code firstEpoch} if there was none
 * @param events how many recorded events were replayed
 * @param recordedRows how many rows the journal holds of these epochs
 * @param replayedRows how many rows the changed function emitted
 * @param sameGroups how many groups are the same in all epochs
 * @param differentGroups how many differ in at least one: in rows, state or timeout
 * @param otherRowGroups how many of them emit other rows, whatever the epochs they are emitted in
 * @param failedGroups how many of them because the changed function threw
 * @param rowDifferences the first other row of each group that emits others, by epoch and key, as
 *     many as asked for
 * @param differences the first difference of each group that differs, by epoch and key, as many as
 *     asked for
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
   * Returns whether the changed function made the same.
   *
   * @return true if no group differs
   */
  public boolean isSame() {
    return differentGroups == 0;
  }
}
