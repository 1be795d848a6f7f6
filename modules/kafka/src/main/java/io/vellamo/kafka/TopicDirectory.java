package io.vellamo.kafka;

import io.vellamo.api.RetryableException;
import io.vellamo.api.source.SourcePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

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
  // The topics that may be missing for a while. A range that is read asks too.
  private final Set<String> awaited = ConcurrentHashMap.newKeySet();

  TopicDirectory(
      Admin admin, TopicSelection topics, boolean readsCommitted, KafkaFailures failures) {
    this.admin = admin;
    this.topics = topics;
    this.isolation =
        readsCommitted ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
    this.failures = failures;
  }

  /** Takes topics that may be missing for a while, because they are deleted and created again. */
  void await(Collection<String> names) {
    awaited.addAll(names);
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
    return partitions(names());
  }

  /** Returns the partitions of some topics, each with the id of its topic. */
  Map<TopicPartition, String> partitions(Collection<String> names) throws InterruptedException {
    Map<TopicPartition, String> found = new HashMap<>();
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
          throw failure("describe topic [%s]".formatted(topic.getKey()), topic.getKey(), e);
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

  /** Returns those of some topics that are compacted; none that the user may not ask about. */
  List<String> compacted(Collection<String> names) throws InterruptedException {
    Map<ConfigResource, KafkaFuture<Config>> asked =
        admin
            .describeConfigs(
                names.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList())
            .values();
    List<String> compacted = new ArrayList<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> topic : asked.entrySet()) {
      String name = topic.getKey().name();
      try {
        ConfigEntry policy = topic.getValue().get().get(TopicConfig.CLEANUP_POLICY_CONFIG);
        if (policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
          compacted.add(name);
        }
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof AuthorizationException)) {
          throw failure("read the configuration of topic [%s]".formatted(name), name, e);
        }
      }
    }
    return compacted;
  }

  /** Returns the ends up to which records can be read, before the first open transaction. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
      throws InterruptedException {
    return offsets(partitions, OffsetSpec.latest(), isolation);
  }

  /**
   * Returns the ends as above, if the topics still have the partitions and ids that are known. The
   * brokers are asked for both at once: for the end of a partition that is gone, Kafka's client
   * asks until its time is over.
   *
   * @param known the partitions, each with the id of its topic
   * @return null if topics have changed
   */
  @Nullable Map<TopicPartition, Long> endsOf(Map<TopicPartition, String> known)
      throws InterruptedException {
    if (known.isEmpty()) {
      return Map.of();
    }
    Set<TopicPartition> partitions = known.keySet();
    ListOffsetsResult asked = ask(partitions, OffsetSpec.latest(), isolation);
    Set<String> names = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    return partitions(names).equals(known) ? answer(partitions, asked) : null;
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
    return answer(partitions, ask(partitions, spec, level));
  }

  private ListOffsetsResult ask(
      Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel level) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    return admin.listOffsets(asked, new ListOffsetsOptions(level));
  }

  private Map<TopicPartition, Long> answer(
      Collection<TopicPartition> partitions, ListOffsetsResult result) throws InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      try {
        offsets.put(partition, result.partitionResult(partition).get().offset());
      } catch (ExecutionException e) {
        throw failure(
            "read the offsets of partition [%s]".formatted(partition), partition.topic(), e);
      }
    }
    return offsets;
  }

  private RuntimeException failure(String action, String topic, ExecutionException failure) {
    return awaited.contains(topic)
            && failure.getCause() instanceof UnknownTopicOrPartitionException missing
        ? new RetryableException(
            "Topic [%s] of source [%s] must exist, but was deleted; create it again"
                .formatted(topic, failures.description()),
            missing)
        : failures.of(action, failure);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
