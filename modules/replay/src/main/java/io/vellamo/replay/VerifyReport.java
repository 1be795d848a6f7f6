package io.vellamo.replay;

import java.util.List;

/**
 * The result of a check that recovery is right.
 *
 * @param query the query's name
 * @param shards the number of shards read
 * @param epochs the number of epochs in their journals, summed over shards
 * @param groups the number of groups
 * @param snapshotGroups the number of groups in snapshots that were compared with the result of the
 *     preceding epochs
 * @param recoveredShards the number of shards whose recovery was compared with all their epochs
 * @param liveShards the number of running shards that were compared with their journals
 * @param knownFromEpoch the first epoch after which all groups are known; 0 if the journal is
 *     complete
 * @param findingCount the number of all findings
 * @param findings the first of them, in the order of shards
 * @since 0.1
 */
public record VerifyReport(
    String query,
    int shards,
    long epochs,
    long groups,
    long snapshotGroups,
    int recoveredShards,
    int liveShards,
    long knownFromEpoch,
    long findingCount,
    List<Finding> findings) {
  /** Copies the findings. */
  public VerifyReport {
    findings = List.copyOf(findings);
  }

  /**
   * Returns whether there are no findings.
   *
   * @return true if recovery is right, as far as it was compared
   */
  public boolean isRight() {
    return findingCount == 0;
  }
}
