package io.vellamo.kafka;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.RangeReader;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A reader of a range of offsets, which ends by position: offsets have gaps. */
final class KafkaRange<T> implements RangeReader<T> {
  private final TopicPartition partition;
  private final OffsetRange range;
  private final PartitionFetcher fetcher;
  private final RecordDecoder<T> decoder;
  private final TopicDirectory directory;
  private final LostData lost;
  private final ReadMeter meter;
  private final @Nullable String topicId;
  private long next;

  KafkaRange(
      OffsetRange range,
      @Nullable String topicId,
      PartitionFetcher fetcher,
      RecordDecoder<T> decoder,
      TopicDirectory directory,
      LostData lost,
      ReadMeter meter) {
    this.partition = TopicDirectory.parse(range.partition());
    this.range = range;
    this.topicId = topicId;
    this.fetcher = fetcher;
    this.decoder = decoder;
    this.directory = directory;
    this.lost = lost;
    this.meter = meter;
    this.next = range.from();
  }

  @Override
  public boolean read(EventCollector<? super T> into, int maxEntries) throws Exception {
    PartitionMark mark = PartitionMark.parse(range.mark());
    if (mark.lostFrom() != null) {
      meter.lost(0);
      into.deadLetter(range.from(), LostData.gapFrom(mark.lostFrom()), null);
      return false;
    }
    if (range.isEmpty()) {
      return false;
    }
    if (topicId == null || mark.isOther(topicId)) {
      lost.report(
          partition,
          next,
          topicId == null
              ? "there is no such partition"
              : "the topic was deleted and created again");
      putGap(range.until(), into);
      return false;
    }
    try {
      long end =
          fetcher.read(
              partition, next, range.until(), maxEntries, consumed -> take(consumed, into));
      meter.skipped(end - next);
      next = end;
      return next < range.until();
    } catch (OffsetOutOfRangeException e) {
      return skipGap(into);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> consumed, EventCollector<? super T> into) {
    meter.skipped(consumed.offset() - next);
    next = consumed.offset() + 1;
    boolean isEvent = decoder.decode(consumed, into);
    meter.read(
        Math.max(0, consumed.serializedKeySize()) + Math.max(0, consumed.serializedValueSize()),
        isEvent);
  }

  private void putGap(long until, EventCollector<? super T> into) {
    into.deadLetter(next, LostData.gap(next, until), null);
    meter.lost(until - next);
    next = until;
  }

  private boolean skipGap(EventCollector<? super T> into) throws InterruptedException {
    long beginning = directory.beginnings(Set.of(partition)).getOrDefault(partition, 0L);
    lost.report(
        partition,
        next,
        beginning > next
            ? "the partition begins after it, at [%d]".formatted(beginning)
            : "the partition ends before it");
    long end = beginning > next ? Math.min(beginning, range.until()) : range.until();
    putGap(end, into);
    return next < range.until();
  }

  @Override
  public void close() {}
}
