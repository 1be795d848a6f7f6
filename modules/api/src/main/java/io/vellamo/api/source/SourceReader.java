package io.vellamo.api.source;

import java.util.List;

/**
 * An open source: where it ends now, what the next epoch shall read, and the reading of it.
 *
 * <p><b>Order</b> {@link #latest} and {@link #plan} are called for one epoch after the other,
 * {@link #read} with ranges that {@code plan} gave in this run or, after a crash, in an earlier
 * one. An epoch may be planned and read while the one in front is not {@link #committed} yet; never
 * more than one.
 *
 * <p><b>Threading</b> {@code latest} and {@code plan} are called by one thread at a time, {@code
 * read} and the readers it gives by one thread at a time too, but the two may overlap. All may
 * block.
 *
 * <p><b>Failure</b> An exception fails the query.
 *
 * @param <T> the events
 * @since 0.1
 */
public interface SourceReader<T> extends AutoCloseable {
  /**
   * Returns where the source ends now.
   *
   * @return for every partition the offset behind its last complete entry
   * @throws Exception if the source can't be asked
   */
  Offsets latest() throws Exception;

  /**
   * Returns what the next epoch shall read.
   *
   * @param from where the epoch in front ends; a partition that is missing has not been read yet
   * @param upTo offsets that must not be passed
   * @param maxEvents the most events of all ranges together; a range that can't be divided may
   *     exceed it
   * @return non-empty ranges, at most one a partition, in the order in which they are to be read;
   *     empty if there is nothing to read
   * @throws Exception if the source can't be asked
   */
  List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception;

  /**
   * Opens a range for reading. For a replayable source the same range gives the same entries, as
   * long as the source holds them.
   *
   * @param range a range that was planned
   * @return what reads it
   * @throws Exception if the range can't be opened
   */
  RangeReader<T> read(OffsetRange range) throws Exception;

  /**
   * Learns that everything before some offsets has been committed and won't be read again.
   *
   * @param offsets where the committed epoch ended
   */
  default void committed(Offsets offsets) {}

  @Override
  void close();
}
