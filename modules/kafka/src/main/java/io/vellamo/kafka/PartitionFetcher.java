package io.vellamo.kafka;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.RetryableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that fetches ahead of what is read, and that waits for records while the query is
 * idle.
 *
 * <p>While the query is idle, a thread of its own lets the brokers hold a fetch until records
 * arrive. An idle query thus costs two requests a second, and new records are there before the
 * query asks for them.
 *
 * <p><b>Threading</b> Safe to share. The thread that waits holds the lock; every other call wakes
 * it up first.
 */
final class PartitionFetcher implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration IDLE_POLL = Duration.ofSeconds(10);
  private static final int MAX_POLLS_WITHOUT_ANSWER = 30;

  /** Of all partitions together, besides the records of one poll of each. */
  private static final long READ_AHEAD_BYTES = 32 << 20;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaFailures failures;
  private final Runnable signal;
  // Fair: otherwise the idle thread could take the lock again before a reader gets it.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final Thread idleThread;

  // Guarded by lock; volatile fields are also read without it.
  private final Map<TopicPartition, FetchedPartition> partitions = new HashMap<>();
  private Set<TopicPartition> paused = Set.of();
  private volatile Map<TopicPartition, Long> awaited = Map.of();
  private volatile boolean idlePolling;
  private final AtomicInteger takers = new AtomicInteger();
  private boolean closed;

  PartitionFetcher(
      KafkaConsumer<byte[], byte[]> consumer,
      String name,
      Runnable signal,
      KafkaFailures failures) {
    this.consumer = consumer;
    this.failures = failures;
    this.signal = signal;
    this.idleThread = new Thread(this::awaitRecords, name);
    idleThread.setDaemon(true);
    idleThread.start();
  }

  /**
   * Requests one signal as soon as a partition moves past an offset.
   *
   * @param ends the offset up to which each partition has been planned
   */
  void signalAfter(Map<TopicPartition, Long> ends) {
    if (awaited.equals(ends)) {
      return;
    }
    takeOver();
    try {
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        // Records that were fetched ahead are not fetched again.
        FetchedPartition known = partitions.get(end.getKey());
        if (known == null || known.fetched() < end.getValue()) {
          moveTo(end.getKey(), end.getValue());
        }
      }
      awaited = Map.copyOf(ends);
      if (hasArrived()) {
        awaited = Map.of();
        signal.run();
      } else {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads records of a partition.
   *
   * @param from the first offset: that of a new range, or as returned by the preceding call
   * @param until the end of the range
   * @param into receives the records
   * @return the offset from which the range goes on; {@code until} at its end
   * @throws OffsetOutOfRangeException if the partition holds no record at the next offset
   */
  long read(
      TopicPartition partition,
      long from,
      long until,
      int maxRecords,
      Consumer<ConsumerRecord<byte[], byte[]>> into) {
    takeOver();
    try {
      awaited = Map.of();
      FetchedPartition fetched = moveTo(partition, from);
      int read = 0;
      int unanswered = 0;
      while (read < maxRecords && fetched.next() < until) {
        ConsumerRecord<byte[], byte[]> next = fetched.poll(until);
        if (next != null) {
          read++;
          into.accept(next);
        } else if (read > 0) {
          break;
        } else if (fetched.next() < until) {
          long before = fetched.fetched();
          fetch(partition, fetched);
          unanswered = fetched.fetched() == before ? unanswered + 1 : 0;
          requireAnswer(unanswered, partition, before);
        }
      }
      return fetched.next();
    } finally {
      lock.unlock();
    }
  }

  private void fetch(TopicPartition partition, FetchedPartition fetched) {
    try {
      poll(partition, POLL);
    } catch (WakeupException e) {
      // Meant for the idle thread, which had returned by itself.
    } catch (KafkaException e) {
      throw failures.of("read partition [%s]".formatted(partition), e);
    }
    if (fetched.isOutOfRange()) {
      throw new OffsetOutOfRangeException(Map.of(partition, fetched.fetched()));
    }
  }

  private void requireAnswer(int unanswered, TopicPartition partition, long offset) {
    if (unanswered >= MAX_POLLS_WITHOUT_ANSWER) {
      throw new RetryableException(
          "Partition [%s] of source [%s] must answer within [%d] seconds, but nothing arrived from offset [%d] on; if it doesn't pass, check the brokers and the network"
              .formatted(
                  partition,
                  failures.description(),
                  MAX_POLLS_WITHOUT_ANSWER * POLL.toSeconds(),
                  offset),
          null);
    }
  }

  /** Takes the lock from the idle thread, which holds it while it waits for records. */
  private void takeOver() {
    takers.incrementAndGet();
    if (idlePolling) {
      consumer.wakeup();
    }
    lock.lock();
    takers.decrementAndGet();
  }

  private FetchedPartition moveTo(TopicPartition partition, long offset) {
    FetchedPartition known = partitions.get(partition);
    if (known == null) {
      FetchedPartition added = new FetchedPartition(offset);
      partitions.put(partition, added);
      consumer.assign(partitions.keySet());
      consumer.seek(partition, offset);
      return added;
    }
    if (!known.skipTo(offset)) {
      consumer.seek(partition, offset);
    }
    return known;
  }

  /**
   * Polls once. The brokers answer for all partitions side by side, so a partition is fetched while
   * others are read, until its share of the bytes that are read ahead is used up.
   */
  private void poll(@Nullable TopicPartition requested, Duration timeout) {
    pauseExcept(requested);
    ConsumerRecords<byte[], byte[]> polled;
    try {
      polled = consumer.poll(timeout);
    } catch (OffsetOutOfRangeException e) {
      e.partitions().forEach(partition -> assigned(partition).setOutOfRange());
      return;
    }
    for (Map.Entry<TopicPartition, OffsetAndMetadata> end : polled.nextOffsets().entrySet()) {
      TopicPartition partition = end.getKey();
      assigned(partition).add(polled.records(partition), end.getValue().offset());
    }
  }

  private FetchedPartition assigned(TopicPartition partition) {
    return requireNonNull(partitions.get(partition), "partition");
  }

  private void pauseExcept(@Nullable TopicPartition requested) {
    Set<TopicPartition> wanted = new HashSet<>();
    long share = READ_AHEAD_BYTES / Math.max(1, partitions.size());
    partitions.forEach(
        (partition, fetched) -> {
          boolean full = fetched.bytes() > share || fetched.isOutOfRange();
          if (full && !partition.equals(requested)) {
            wanted.add(partition);
          }
        });
    if (!wanted.equals(paused)) {
      consumer.resume(consumer.paused());
      consumer.pause(wanted);
      paused = wanted;
    }
  }

  /** The idle thread. */
  private void awaitRecords() {
    boolean open = true;
    while (open) {
      lock.lock();
      try {
        open = awaitOnce();
      } catch (InterruptedException e) {
        return;
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean awaitOnce() throws InterruptedException {
    while (awaited.isEmpty() && !closed) {
      changed.await();
    }
    if (closed) {
      return false;
    }
    idlePolling = true;
    try {
      if (takers.get() > 0) {
        return true; // it may not have seen that this thread polls
      }
      poll(null, IDLE_POLL);
    } catch (WakeupException e) {
      return true;
    } catch (KafkaException e) {
      // The query finds the same failure when it next asks for the ends, and reports it.
      awaited = Map.of();
      return true;
    } finally {
      idlePolling = false;
    }
    if (hasArrived()) {
      awaited = Map.of();
      signal.run();
    }
    return true;
  }

  private boolean hasArrived() {
    return awaited.entrySet().stream()
        .anyMatch(
            end -> {
              FetchedPartition fetched = partitions.get(end.getKey());
              return fetched != null && fetched.fetched() > end.getValue();
            });
  }

  @Override
  public void close() {
    takeOver();
    try {
      closed = true;
      changed.signalAll();
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    } finally {
      lock.unlock();
    }
  }
}
