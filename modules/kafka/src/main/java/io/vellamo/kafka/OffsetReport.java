package io.vellamo.kafka;

import io.vellamo.api.source.Offsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The query's position as committed offsets of a consumer group, for tools that show a group's lag.
 * The query itself does not read them, so a failure to write them is ignored.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class OffsetReport {
  private static final long LAST_REPORT_SECONDS = 1;

  private final Admin admin;
  private final String group;
  private @Nullable KafkaFuture<Void> running;
  // Offsets that were not reported because a report was running.
  private @Nullable Offsets pending;

  OffsetReport(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  void committed(Offsets offsets) {
    pending = offsets;
    if (running == null || running.isDone()) {
      report();
    }
  }

  private void report() {
    Offsets offsets = pending;
    if (offsets == null || offsets.asMap().isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    offsets
        .asMap()
        .forEach((name, end) -> ends.put(TopicDirectory.parse(name), new OffsetAndMetadata(end)));
    running = admin.alterConsumerGroupOffsets(group, ends).all();
    pending = null;
  }

  /** Waits briefly for the last report. */
  void close() {
    try {
      if (running != null) {
        running.get(LAST_REPORT_SECONDS, TimeUnit.SECONDS);
      }
      report();
      if (running != null) {
        running.get(LAST_REPORT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      // Only a tool's view is out of date; the next run reports again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
