package io.vellamo.persistence.replay;

import java.util.List;

/**
 * What came of checking that recovery is right.
 *
 * @param query the query's name
 * @param shards how many shards were read
 * @param epochs how many epochs their journals hold, added up over shards
 * @param groups how many groups there are
 * @param snapshotGroups how many groups of snapshots were compared with what the epochs before made
 * @param recoveredShards how many shards' recoveries were compared with all their epochs
 * @param liveShards how many running shards were compared with their journals
 * @param knownFromEpoch the first epoch after which all groups are known; 0 if the journal is whole
 * @param findingCount how many differences and faults were found
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
   * Returns whether nothing was found.
   *
   * @return true if recovery is right, as far as it was compared
   */
  public boolean isRight() {
    return findingCount == 0;
  }
}
