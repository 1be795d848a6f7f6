package io.vellamo.kafka;

import org.jspecify.annotations.Nullable;

/**
 * The mark of a range: the id of the topic, by which a topic is told from a later one of the same
 * name, and the offset after which data was lost.
 *
 * @param topicId the topic's id; empty if unknown
 * @param lostFrom the offset that could not be read, if the range exists to report a loss; null
 *     otherwise
 */
record PartitionMark(String topicId, @Nullable Long lostFrom) {
  private static final String LOST = " lost from ";

  static PartitionMark parse(String mark) {
    int lost = mark.indexOf(LOST);
    return lost < 0
        ? new PartitionMark(mark, null)
        : new PartitionMark(
            mark.substring(0, lost), Long.valueOf(mark.substring(lost + LOST.length())));
  }

  String text() {
    return lostFrom == null ? topicId : topicId + LOST + lostFrom;
  }

  /** Returns whether a partition with this mark belongs to another topic than the given one. */
  boolean isOther(String id) {
    return !topicId.isEmpty() && !topicId.equals(id);
  }
}
