package io.vellamo.kafka;

import io.vellamo.api.source.SourceException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The refusal of topics that Kafka compacts, unless the user allows them: a record may be gone
 * before it is read.
 */
final class CompactedTopics {
  private final TopicDirectory directory;
  private final KafkaFailures failures;
  private final boolean areAllowed;
  private final Set<String> checked = new HashSet<>();

  CompactedTopics(TopicDirectory directory, KafkaFailures failures, boolean areAllowed) {
    this.directory = directory;
    this.failures = failures;
    this.areAllowed = areAllowed;
  }

  /**
   * Checks the topics that were not checked before.
   *
   * @throws SourceException if one is compacted
   */
  void check(Collection<String> topics) throws InterruptedException {
    Set<String> unchecked = new HashSet<>(topics);
    unchecked.removeAll(checked);
    if (areAllowed || unchecked.isEmpty()) {
      return;
    }
    for (String topic : directory.compacted(unchecked)) {
      throw failures.lasting(
          "Topic [%s] must keep each record until it is read, but Kafka compacts it (cleanup.policy); read what is there with allowCompaction()"
              .formatted(topic),
          null);
    }
    checked.addAll(unchecked);
  }
}
