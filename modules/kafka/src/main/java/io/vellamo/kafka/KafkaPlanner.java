package io.vellamo.kafka;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The planning of a source's epochs.
 *
 * <p><b>Threading</b> Used by one thread at a time, except {@link #topicId}, which is safe to
 * share.
 */
final class KafkaPlanner {
  private final TopicDirectory directory;
  private final StartOffsets starts;
  private final LostData lost;
  private final CompactedTopics compacted;
  private final InstantSource clock;
  private final Duration discoveryInterval;
  private volatile Map<TopicPartition, String> topicIds = Map.of();
  private @Nullable Instant discovered;

  KafkaPlanner(
      TopicDirectory directory,
      StartOffsets starts,
      LostData lost,
      CompactedTopics compacted,
      InstantSource clock,
      Duration discoveryInterval) {
    this.directory = directory;
    this.starts = starts;
    this.lost = lost;
    this.compacted = compacted;
    this.clock = clock;
    this.discoveryInterval = discoveryInterval;
  }

  /** Finds the partitions of the topics. */
  void discover() throws InterruptedException {
    topicIds = Map.copyOf(directory.partitions());
    compacted.check(topics());
    if (lost.isAccepted()) {
      directory.await(topics());
    }
    discovered = clock.instant();
  }

  private Set<String> topics() {
    return topicIds.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
  }

  /** Returns the id of a partition's topic; null if there is no such partition. */
  @Nullable String topicId(TopicPartition partition) {
    return topicIds.get(partition);
  }

  Offsets latest() throws InterruptedException {
    if (discovered == null || !clock.instant().isBefore(discovered.plus(discoveryInterval))) {
      discover();
    }
    Map<TopicPartition, Long> ends = directory.endsOf(topicIds);
    if (ends == null) {
      // Such as a topic that was created again: its records must not be taken for those of the
      // former one.
      discover();
      ends = directory.ends(topicIds.keySet());
    }
    Map<SourcePartition, Long> named = new HashMap<>();
    ends.forEach((partition, end) -> named.put(TopicDirectory.name(partition), end));
    return Offsets.of(named);
  }

  List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws InterruptedException {
    Set<TopicPartition> unread = new HashSet<>();
    for (SourcePartition partition : upTo.asMap().keySet()) {
      if (from.of(partition).isEmpty()) {
        unread.add(TopicDirectory.parse(partition));
      }
    }
    Map<TopicPartition, Long> first = starts.of(unread);
    Map<SourcePartition, Long> begins = new HashMap<>();
    List<OffsetRange> empty = new ArrayList<>();
    for (Map.Entry<SourcePartition, Long> end : upTo.asMap().entrySet()) {
      SourcePartition name = end.getKey();
      TopicPartition partition = TopicDirectory.parse(name);
      String id = topicIds.getOrDefault(partition, "");
      OptionalLong position = from.of(name);
      Long begin = position.isPresent() ? (Long) position.getAsLong() : first.get(partition);
      if (begin == null) {
        continue;
      }
      OffsetRange gap =
          position.isEmpty()
              ? null
              : gap(name, partition, begin, end.getValue(), from.mark(name), id);
      if (gap != null) {
        empty.add(gap);
      } else {
        begins.put(name, begin);
        if (position.isEmpty() && starts.mustBeStored() && begin >= end.getValue()) {
          empty.add(new OffsetRange(name, begin, begin, id, List.of()));
        }
      }
    }
    return ranges(begins, upTo, maxEvents, empty);
  }

  private List<OffsetRange> ranges(
      Map<SourcePartition, Long> begins, Offsets upTo, long maxEvents, List<OffsetRange> empty) {
    Map<SourcePartition, Long> ends = new HashMap<>(upTo.asMap());
    ends.keySet().retainAll(begins.keySet());
    List<OffsetRange> ranges = new ArrayList<>(empty);
    for (OffsetRange range : OffsetRange.share(Offsets.of(begins), Offsets.of(ends), maxEvents)) {
      String id = topicIds.getOrDefault(TopicDirectory.parse(range.partition()), "");
      ranges.add(new OffsetRange(range.partition(), range.from(), range.until(), id, List.of()));
    }
    return List.copyOf(ranges);
  }

  /**
   * Returns an empty range that moves the query past a gap, if records it has not read are gone;
   * null if none are.
   */
  private @Nullable OffsetRange gap(
      SourcePartition name, TopicPartition partition, long begin, long end, String mark, String id)
      throws InterruptedException {
    boolean other = PartitionMark.parse(mark).isOther(id);
    if (other) {
      lost.report(partition, begin, "the topic was deleted and created again");
    } else if (end < begin && directory.endOfLog(partition) < begin) {
      lost.report(partition, begin, "the partition ends before it, at [%d]".formatted(end));
    } else {
      return null;
    }
    long resume = other ? directory.beginnings(Set.of(partition)).getOrDefault(partition, 0L) : end;
    return new OffsetRange(name, resume, resume, new PartitionMark(id, begin).text(), List.of());
  }
}
