package io.vellamo.engine.io;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.RangeReader;
import io.vellamo.engine.epoch.EpochShare;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of an epoch, or of a share of its ranges, read on demand, one range after the other.
 *
 * <p><b>Threading</b> Used by one thread at a time; blocks.
 */
final class EpochChunks implements Iterator<EventChunk>, AutoCloseable {
  /** The operation that opens a range at its source. */
  @FunctionalInterface
  interface RangeOpener {
    RangeReader<?> open(OffsetRange range) throws Exception;
  }

  private final EpochShare share;
  private final RangeOpener source;
  // The place of the range in the share.
  private int place;
  private @Nullable RangeReader<?> reader;
  private boolean ended;
  // Set if the source was closed after a failure of another call.
  private @Nullable RetryableFailure closedBy;

  EpochChunks(EpochShare share, RangeOpener source) {
    this.share = share;
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public EventChunk next() {
    if (ended) {
      throw new NoSuchElementException("The epoch has been read to its end");
    }
    if (closedBy != null) {
      throw closedBy;
    }
    EventChunk chunk = new EventChunk(share.plan(), share.ranges().get(place));
    try {
      read(chunk);
    } catch (RetryableFailure e) {
      throw e;
    } catch (Exception | Error e) {
      // Errors too: the stream around this passes on exceptions only.
      OffsetRange at = share.range(place);
      throw new ReadFailure(at, e);
    }
    if (place == share.size()) {
      ended = true;
      chunk.markLast();
    }
    return chunk;
  }

  private void read(EventChunk chunk) throws Exception {
    RangeReader<?> open = reader;
    if (open == null) {
      open = source.open(share.range(place));
      reader = open;
    }
    boolean more = readInto(open, chunk);
    if (!more) {
      open.close();
      reader = null;
      place++;
    }
  }

  @SuppressWarnings("unchecked") // a chunk takes events of any type
  private static boolean readInto(RangeReader<?> open, EventChunk chunk) throws Exception {
    return ((RangeReader<Object>) open).read(chunk, EventChunk.CAPACITY);
  }

  /** Abandons the epoch, as the source was closed after a failure; returns what is to be closed. */
  @Nullable RangeReader<?> abandon(RetryableFailure failure) {
    closedBy = failure;
    RangeReader<?> open = reader;
    reader = null;
    return open;
  }

  /** Closes the open range when the epoch is abandoned. */
  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
