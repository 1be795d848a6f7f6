package io.vellamo.kafka;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A reader that plans by the brokers' offsets and reads with one consumer. */
final class KafkaReader<T> implements SourceReader<T> {
  private final KafkaPlanner planner;
  private final TopicDirectory directory;
  private final PartitionFetcher fetcher;
  private final RecordDecoder<T> decoder;
  private final LostData lost;
  private final ReadMeter meter = new ReadMeter();
  private final @Nullable OffsetReport report;

  KafkaReader(
      KafkaPlanner planner,
      TopicDirectory directory,
      PartitionFetcher fetcher,
      RecordDecoder<T> decoder,
      LostData lost,
      @Nullable OffsetReport report) {
    this.planner = planner;
    this.directory = directory;
    this.fetcher = fetcher;
    this.decoder = decoder;
    this.lost = lost;
    this.report = report;
  }

  @Override
  public Offsets latest() throws InterruptedException {
    return planner.latest();
  }

  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents)
      throws InterruptedException {
    List<OffsetRange> ranges = planner.plan(from, upTo, maxEvents);
    if (ranges.isEmpty()) {
      Map<TopicPartition, Long> ends = new HashMap<>();
      upTo.asMap().forEach((name, end) -> ends.put(TopicDirectory.parse(name), end));
      fetcher.signalAfter(ends);
    }
    meter.planned(from, ranges, upTo);
    return ranges;
  }

  @Override
  public RangeReader<T> read(OffsetRange range) {
    String topicId = planner.topicId(TopicDirectory.parse(range.partition()));
    return new KafkaRange<>(range, topicId, fetcher, decoder, directory, lost, meter);
  }

  @Override
  public void committed(Offsets offsets) {
    if (report != null) {
      report.committed(offsets);
    }
  }

  @Override
  public Map<String, Long> metrics() {
    return meter.metrics();
  }

  @Override
  public void close() {
    if (report != null) {
      report.close();
    }
    fetcher.close();
    decoder.close();
    directory.close();
  }
}
