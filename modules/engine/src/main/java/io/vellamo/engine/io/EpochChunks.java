package io.vellamo.engine.io;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.RangeReader;
import io.vellamo.engine.epoch.EpochPlan;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of an epoch, read on demand, one range after the other.
 *
 * <p><b>Threading</b> Used by one thread at a time; blocks.
 */
final class EpochChunks implements Iterator<EventChunk>, AutoCloseable {
  /** The operation that opens a range at its source. */
  @FunctionalInterface
  interface RangeOpener {
    RangeReader<?> open(OffsetRange range) throws Exception;
  }

  private final EpochPlan plan;
  private final RangeOpener source;
  private int range;
  private @Nullable RangeReader<?> reader;
  private boolean ended;
  // Set if the source was closed after a failure of another call.
  private @Nullable RetryableFailure closedBy;

  EpochChunks(EpochPlan plan, RangeOpener source) {
    this.plan = plan;
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
    EventChunk chunk = new EventChunk(plan, range);
    try {
      read(chunk);
    } catch (RetryableFailure e) {
      throw e;
    } catch (Exception | Error e) {
      // Errors too: the stream around this passes on exceptions only.
      OffsetRange at = plan.ranges().get(range);
      throw new ReadFailure(at, e);
    }
    if (range == plan.ranges().size()) {
      ended = true;
      chunk.endEpoch();
    }
    return chunk;
  }

  private void read(EventChunk chunk) throws Exception {
    RangeReader<?> open = reader;
    if (open == null) {
      open = source.open(plan.ranges().get(range));
      reader = open;
    }
    boolean more = readInto(open, chunk);
    if (!more) {
      open.close();
      reader = null;
      range++;
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
