package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.ads.AdEvent;
import io.vellamo.benchmarks.nexmark.NexmarkEvent;
import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.Job;
import io.vellamo.benchmarks.workload.SequenceReader;
import java.io.Serializable;
import org.apache.flink.api.java.tuple.Tuple4;

/**
 * The form in which a source emits the events of an input.
 *
 * @param <E> the events
 * @param <T> what is emitted for each
 */
interface PartFormat<E, T> extends Serializable {
  /** Events of the data set, as key, time, value and {@code seq}. */
  PartFormat<Event, Tuple4<Long, Long, Integer, Integer>> DATA_SET = new OfDataSet();

  /** Events of NEXMark, as they are: the first operator, in the same task, selects fields. */
  PartFormat<NexmarkEvent, NexmarkEvent> AUCTION_HOUSE = new OfAuctionHouse();

  /** Events of the Yahoo streaming benchmark, as they are. */
  PartFormat<AdEvent, AdEvent> ADS = new OfAds();

  /** Returns the parts that a job reads. */
  SequenceReader.Parts<E> parts(Job job);

  /** Returns what is emitted for an event. */
  T emitted(E event);

  /** Returns the event time. */
  long timeMillis(E event);

  /** The form of the data set. */
  record OfDataSet() implements PartFormat<Event, Tuple4<Long, Long, Integer, Integer>> {
    @Override
    public SequenceReader.Parts<Event> parts(Job job) {
      return job.dataSet();
    }

    @Override
    public Tuple4<Long, Long, Integer, Integer> emitted(Event event) {
      return Tuple4.of(event.key(), event.timeMillis(), event.value(), event.seq());
    }

    @Override
    public long timeMillis(Event event) {
      return event.timeMillis();
    }
  }

  /** The form of NEXMark. */
  record OfAuctionHouse() implements PartFormat<NexmarkEvent, NexmarkEvent> {
    @Override
    public SequenceReader.Parts<NexmarkEvent> parts(Job job) {
      return job.auctionHouse();
    }

    @Override
    public NexmarkEvent emitted(NexmarkEvent event) {
      return event;
    }

    @Override
    public long timeMillis(NexmarkEvent event) {
      return event.timeMillis();
    }
  }

  /** The form of the Yahoo streaming benchmark. */
  record OfAds() implements PartFormat<AdEvent, AdEvent> {
    @Override
    public SequenceReader.Parts<AdEvent> parts(Job job) {
      return job.ads();
    }

    @Override
    public AdEvent emitted(AdEvent event) {
      return event;
    }

    @Override
    public long timeMillis(AdEvent event) {
      return event.timeMillis();
    }
  }
}
