package io.vellamo.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The records of a partition that were fetched but not read yet. */
final class FetchedPartition {
  /** About what a record takes in memory besides key and value. */
  private static final long RECORD_BYTES = 150;

  private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
  // Everything before next was read; everything from next to fetched is in records or is a gap.
  private long next;
  private long fetched;
  private long bytes;
  private boolean outOfRange;

  FetchedPartition(long offset) {
    next = offset;
    fetched = offset;
  }

  /** Returns the offset of the next record to read, or the end of what was fetched. */
  long next() {
    return next;
  }

  long fetched() {
    return fetched;
  }

  boolean isOutOfRange() {
    return outOfRange;
  }

  /** Returns the size of the fetched records that wait to be read; 0 if there are none. */
  long bytes() {
    return bytes;
  }

  /**
   * Moves to an offset.
   *
   * @return false if the records from there on have to be fetched
   */
  boolean skipTo(long offset) {
    if (outOfRange || offset < next || offset > fetched) {
      records.clear();
      bytes = 0;
      next = offset;
      fetched = offset;
      outOfRange = false;
      return false;
    }
    while (!records.isEmpty() && records.peek().offset() < offset) {
      remove();
    }
    next = offset;
    return true;
  }

  void add(List<ConsumerRecord<byte[], byte[]>> more, long fetchedTo) {
    for (ConsumerRecord<byte[], byte[]> one : more) {
      records.add(one);
      bytes += size(one);
    }
    fetched = fetchedTo;
  }

  void setOutOfRange() {
    outOfRange = true;
  }

  /**
   * Removes the next record.
   *
   * @return null if no fetched record has an offset below {@code until}
   */
  @Nullable ConsumerRecord<byte[], byte[]> poll(long until) {
    ConsumerRecord<byte[], byte[]> first = records.peek();
    if (first != null && first.offset() < until) {
      next = first.offset() + 1;
      return remove();
    }
    next = Math.max(next, Math.min(fetched, until));
    return null;
  }

  private ConsumerRecord<byte[], byte[]> remove() {
    ConsumerRecord<byte[], byte[]> first = records.remove();
    bytes -= size(first);
    return first;
  }

  private static long size(ConsumerRecord<?, ?> one) {
    return RECORD_BYTES
        + Math.max(0, one.serializedKeySize())
        + Math.max(0, one.serializedValueSize());
  }
}
