package io.vellamo.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * The reaction to records that are gone.
 *
 * @param reaction the user's choice
 * @param failures creates the exceptions
 */
record LostData(WhenDataIsLost reaction, KafkaFailures failures) {
  /**
   * Reports a loss.
   *
   * @param offset the first offset that can't be read
   * @param found why it can't
   * @throws io.vellamo.api.source.SourceException if the user has not chosen to continue
   */
  void report(TopicPartition partition, long offset, String found) {
    if (reaction == WhenDataIsLost.FAIL) {
      throw failures.lasting(
          "Partition [%d] of topic [%s] must hold the records from offset [%d] on, but %s; restore the records, start the query under another name, or continue behind gaps with whenDataIsLost(CONTINUE)"
              .formatted(partition.partition(), partition.topic(), offset, found),
          null);
    }
  }

  /** Returns whether the query goes on with the records that exist. */
  boolean isAccepted() {
    return reaction == WhenDataIsLost.CONTINUE;
  }

  static String gap(long from, long until) {
    return "records at offsets [%d, %d) must be read before Kafka deletes them, but are gone"
        .formatted(from, until);
  }

  static String gapFrom(long from) {
    return "records from offset [%d] on must be read before Kafka deletes them, but are gone"
        .formatted(from);
  }
}
