package io.vellamo.kafka;

import io.vellamo.api.source.SourcePartition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The partitions of a source's topics and their offsets, as the brokers report them.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class TopicDirectory implements AutoCloseable {
  private final Admin admin;
  private final TopicSelection topics;
  private final IsolationLevel isolation;
  private final KafkaFailures failures;

  TopicDirectory(
      Admin admin, TopicSelection topics, boolean readsCommitted, KafkaFailures failures) {
    this.admin = admin;
    this.topics = topics;
    this.isolation =
        readsCommitted ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
    this.failures = failures;
  }

  static SourcePartition name(TopicPartition partition) {
    return new SourcePartition(partition.toString());
  }

  /** Returns the partition of a name such as {@code clicks-3}. */
  static TopicPartition parse(SourcePartition partition) {
    String name = partition.name();
    int dash = name.lastIndexOf('-');
    return new TopicPartition(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
  }

  /**
   * Returns the partitions of the topics, each with the id of its topic.
   *
   * @throws RuntimeException if a listed topic does not exist, or as {@link KafkaFailures} says
   */
  Map<TopicPartition, String> partitions() throws InterruptedException {
    Map<TopicPartition, String> found = new HashMap<>();
    Collection<String> names = names();
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(names).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
      try {
        TopicDescription description = topic.getValue().get();
        for (TopicPartitionInfo partition : description.partitions()) {
          found.put(
              new TopicPartition(description.name(), partition.partition()),
              description.topicId().toString());
        }
      } catch (ExecutionException e) {
        // A topic of a pattern may be deleted after the topics were listed.
        if (topics.pattern() == null
            || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failures.of("describe topic [%s]".formatted(topic.getKey()), e);
        }
      }
    }
    return found;
  }

  private Collection<String> names() throws InterruptedException {
    if (topics.pattern() == null) {
      return topics.names();
    }
    try {
      Set<String> all = admin.listTopics().names().get();
      return all.stream()
          .filter(name -> topics.pattern().matcher(name).matches())
          .collect(Collectors.toSet());
    } catch (ExecutionException e) {
      throw failures.of("list the topics", e);
    }
  }

  /** Returns the ends up to which records can be read, before the first open transaction. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
      throws InterruptedException {
    return offsets(partitions, OffsetSpec.latest(), isolation);
  }

  /** Returns the end of a partition, with open transactions. */
  long endOfLog(TopicPartition partition) throws InterruptedException {
    return offsets(Set.of(partition), OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED)
        .getOrDefault(partition, 0L);
  }

  Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions)
      throws InterruptedException {
    return offsets(partitions, OffsetSpec.earliest(), isolation);
  }

  /** Returns the first offsets from a time on; −1 for a partition without such a record. */
  Map<TopicPartition, Long> offsetsAt(Collection<TopicPartition> partitions, long timeMillis)
      throws InterruptedException {
    return offsets(partitions, OffsetSpec.forTimestamp(timeMillis), isolation);
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel level)
      throws InterruptedException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    ListOffsetsResult result = admin.listOffsets(asked, new ListOffsetsOptions(level));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      try {
        offsets.put(partition, result.partitionResult(partition).get().offset());
      } catch (ExecutionException e) {
        throw failures.of("read the offsets of partition [%s]".formatted(partition), e);
      }
    }
    return offsets;
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
