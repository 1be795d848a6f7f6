package io.vellamo.api.source;

/**
 * A reader of one range of a source partition, which reads the range once, in order.
 *
 * <p><b>Threading</b> Used by one thread at a time; need not be thread-safe. May block.
 *
 * <p><b>Failure</b> After a {@link io.vellamo.api.RetryableException} the range is read again from
 * its beginning, as {@link SourceReader} explains. Any other exception fails the query.
 *
 * @param <T> the event type
 * @since 0.1
 */
public interface RangeReader<T> extends AutoCloseable {
  /**
   * Reads some of the range's remaining entries.
   *
   * @param into receives the entries, with strictly increasing offsets
   * @param maxEntries the maximum number of entries to read, positive
   * @return false if the end of the range has been reached
   * @throws Exception if the range can't be read
   */
  boolean read(EventCollector<? super T> into, int maxEntries) throws Exception;

  @Override
  void close();
}
