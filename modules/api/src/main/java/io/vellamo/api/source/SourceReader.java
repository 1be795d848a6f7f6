package io.vellamo.api.source;

import java.util.List;
import java.util.Map;

/**
 * An open source, which plans the ranges of an epoch and reads them.
 *
 * <p><b>Order</b> {@link #latest} and {@link #plan} are called for one epoch after the other, and
 * {@link #read} with ranges that {@code plan} returned in this run or, after a crash, in an earlier
 * one. One epoch, and no more, may be planned and read before the preceding epoch is {@link
 * #committed}.
 *
 * <p><b>Threading</b> {@code latest} and {@code plan} are called by one thread at a time. So are
 * {@code read} and the readers it returns, possibly at the same time as {@code latest} and {@code
 * plan}. All may block.
 *
 * <p><b>Failure</b> After a {@link io.vellamo.api.RetryableException} the query closes the readers,
 * waits, opens the source again with the offsets committed by then, and makes the same call, see
 * {@link io.vellamo.api.query.RetryPolicy}. Any other exception fails the query.
 *
 * @param <T> the event type
 * @since 0.1
 */
public interface SourceReader<T> extends AutoCloseable {
  /**
   * Returns the current end of the source.
   *
   * @return for every partition the offset after its last complete entry
   * @throws Exception if the source can't be read
   */
  Offsets latest() throws Exception;

  /**
   * Returns the ranges that the next epoch reads.
   *
   * @param from the end of the preceding epoch; a missing partition has not been read yet
   * @param upTo offsets that must not be passed
   * @param maxEvents the maximum number of events in all ranges together; a range that can't be
   *     divided may exceed it
   * @return ranges, at most one per partition, in the order in which they are read; an empty list
   *     if there is nothing to read. A range is not empty, except to store the offset of a
   *     partition of which nothing is read
   * @throws Exception if the source can't be read
   */
  List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception;

  /**
   * Opens a range for reading. A replayable source returns the same entries for the same range, as
   * long as it holds them.
   *
   * @param range a planned range
   * @return a reader of the range
   * @throws Exception if the range can't be opened
   */
  RangeReader<T> read(OffsetRange range) throws Exception;

  /**
   * Notifies the source that everything before the given offsets has been committed and won't be
   * read again.
   *
   * @param offsets the end of the committed epoch
   */
  default void committed(Offsets offsets) {}

  /**
   * Returns numbers about this reader for the reports of epochs, such as how far it is behind. Each
   * name means the same forever; a unit is part of the name. Counters begin with 0 when the source
   * is opened, also when a run opens it again after a failure.
   *
   * <p><b>Threading</b> Called by one thread at a time, after {@link #plan} and after the last
   * {@link #read} of an epoch. Must not block.
   *
   * @return numbers by name; empty by default
   */
  default Map<String, Long> metrics() {
    return Map.of();
  }

  @Override
  void close();
}
