package io.vellamo.kafka;

import io.vellamo.api.source.Offsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets at which partitions begin that the query has not read yet. An offset is determined
 * once for each partition and run.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class StartOffsets {
  private final KafkaStart start;
  private final TopicDirectory directory;
  private final boolean byPattern;
  private final Map<TopicPartition, Long> known = new HashMap<>();
  // The topics that have been read before, whose further partitions are new.
  private final Set<String> topics;
  private boolean resumed;

  StartOffsets(KafkaStart start, TopicDirectory directory, boolean byPattern, Offsets committed) {
    this.start = start;
    this.directory = directory;
    this.byPattern = byPattern;
    this.topics = topics(committed);
    this.resumed = !topics.isEmpty();
  }

  /** Returns the topics of some partitions. */
  static Set<String> topics(Offsets offsets) {
    return offsets.asMap().keySet().stream()
        .map(partition -> TopicDirectory.parse(partition).topic())
        .collect(Collectors.toSet());
  }

  /** Returns whether the first epoch must store the offsets, as they can't be found again. */
  boolean mustBeStored() {
    return start instanceof KafkaStart.Latest;
  }

  /** Returns the offsets of partitions. */
  Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) throws InterruptedException {
    Set<TopicPartition> unknown = new HashSet<>(partitions);
    unknown.removeAll(known.keySet());
    if (!unknown.isEmpty()) {
      known.putAll(determine(unknown));
      unknown.forEach(partition -> topics.add(partition.topic()));
      resumed = true;
    }
    Map<TopicPartition, Long> offsets = new HashMap<>(known);
    offsets.keySet().retainAll(Set.copyOf(partitions));
    return offsets;
  }

  private Map<TopicPartition, Long> determine(Set<TopicPartition> partitions)
      throws InterruptedException {
    if (start instanceof KafkaStart.AtTime from) {
      Map<TopicPartition, Long> offsets =
          new HashMap<>(directory.offsetsAt(partitions, from.time().toEpochMilli()));
      Map<TopicPartition, Long> ends = directory.ends(partitions);
      // A negative offset says that no record is that late.
      offsets.replaceAll(
          (partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
      return offsets;
    }
    Map<TopicPartition, Long> offsets = new HashMap<>(directory.beginnings(partitions));
    if (start instanceof KafkaStart.AtOffsets explicit) {
      offsets.replaceAll(
          (partition, beginning) -> explicit.offsets().getOrDefault(partition, beginning));
    }
    if (start instanceof KafkaStart.Latest) {
      Set<TopicPartition> old = new HashSet<>(partitions);
      old.removeIf(this::isNew);
      offsets.putAll(directory.ends(old));
    }
    return offsets;
  }

  /** Returns whether a partition appeared after the query first started. */
  private boolean isNew(TopicPartition partition) {
    return topics.contains(partition.topic()) || (byPattern && resumed);
  }
}
