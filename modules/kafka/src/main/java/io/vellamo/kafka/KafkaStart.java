package io.vellamo.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets at which a query begins to read. They apply once: a query that has committed an epoch
 * continues at the offsets in its journal, and Kafka's committed offsets of consumer groups are not
 * used.
 *
 * @since 0.1
 */
public sealed interface KafkaStart {
  /**
   * Returns the start at the first record that each partition holds.
   *
   * @return the default start
   */
  static KafkaStart earliest() {
    return new Earliest();
  }

  /**
   * Returns the start at the end of each partition, as found when the query first starts. The
   * query's first epoch stores these offsets, so that records written while the query is down are
   * read. Partitions that are added to a topic later are read from their beginning.
   *
   * @return the start
   */
  static KafkaStart latest() {
    return new Latest();
  }

  /**
   * Returns the start at the first record of each partition whose timestamp is not before a time;
   * at the end of a partition without such a record.
   *
   * @param time the time, at a resolution of milliseconds
   * @return the start
   */
  static KafkaStart at(Instant time) {
    return new AtTime(time);
  }

  /**
   * Returns the start at given offsets. Partitions without an offset are read from their beginning.
   *
   * @param offsets the offset of the first record to read of each partition; copied
   * @return the start
   * @throws IllegalArgumentException if an offset is negative
   */
  static KafkaStart at(Map<TopicPartition, Long> offsets) {
    return new AtOffsets(offsets);
  }

  /** The beginning of each partition. */
  record Earliest() implements KafkaStart {}

  /** The end of each partition. */
  record Latest() implements KafkaStart {}

  /**
   * The first record from a time on.
   *
   * @param time the time
   */
  record AtTime(Instant time) implements KafkaStart {
    public AtTime {
      requireNonNull(time, "time");
    }
  }

  /**
   * Given offsets.
   *
   * @param offsets the offset of each partition
   */
  record AtOffsets(Map<TopicPartition, Long> offsets) implements KafkaStart {
    public AtOffsets {
      offsets = Map.copyOf(offsets);
      offsets.forEach(
          (partition, offset) -> {
            if (offset < 0) {
              throw new IllegalArgumentException(
                  "offsets must not be negative, was [%d] for [%s]".formatted(offset, partition));
            }
          });
    }
  }
}
