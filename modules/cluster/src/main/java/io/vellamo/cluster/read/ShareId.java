package io.vellamo.cluster.read;

import java.util.List;

/**
 * The identification of a share of an epoch.
 *
 * @param attempt the attempt to run the epoch
 * @param ranges the indexes of its ranges in the epoch's plan
 */
record ShareId(AttemptId attempt, List<Integer> ranges) {
  /** Copies the list. */
  ShareId {
    ranges = List.copyOf(ranges);
  }

  static ShareId of(ToReader.Read read) {
    return new ShareId(
        new AttemptId(
            read.incarnation(), read.request().share().plan().epoch(), read.request().attempt()),
        read.request().share().ranges());
  }
}
