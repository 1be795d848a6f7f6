package io.vellamo.api.source;

/**
 * Reads one range of a source partition, once, in order.
 *
 * <p><b>Threading</b> Used by one thread at a time; may block.
 *
 * <p><b>Failure</b> An exception fails the query.
 *
 * @param <T> the events
 * @since 0.1
 */
public interface RangeReader<T> extends AutoCloseable {
  /**
   * Reads some of the range's remaining entries.
   *
   * @param into takes the entries, with strictly rising offsets
   * @param maxEntries the most entries to read, positive
   * @return false if the range has been read to its end
   * @throws Exception if the range can't be read
   */
  boolean read(EventCollector<? super T> into, int maxEntries) throws Exception;

  @Override
  void close();
}
