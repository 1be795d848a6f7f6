package io.vellamo.connectors.pekko;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourceReader;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.jspecify.annotations.Nullable;

/** A reader of the events that a running stream has handed over, until the stream fails. */
final class StreamReader<T> implements SourceReader<T> {
  private final String description;
  private final SourceReader<T> held;
  private final UniqueKillSwitch stream;
  // Written by the stream, once.
  private volatile @Nullable Throwable failure;

  StreamReader(String description, SourceReader<T> held, UniqueKillSwitch stream) {
    this.description = description;
    this.held = held;
    this.stream = stream;
  }

  void fail(Throwable cause) {
    failure = cause;
  }

  @Override
  public Offsets latest() throws Exception {
    Throwable cause = failure;
    if (cause != null) {
      throw new SourceException(
          description,
          "Stream of source [%s] must not fail, failed with [%s]; see the cause, or let RestartSource"
                  .formatted(description, cause.getClass().getName())
              + " restart it",
          cause);
    }
    return held.latest();
  }

  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception {
    return held.plan(from, upTo, maxEvents);
  }

  @Override
  public RangeReader<T> read(OffsetRange range) throws Exception {
    return held.read(range);
  }

  @Override
  public void committed(Offsets offsets) {
    held.committed(offsets);
  }

  /** Aborts the stream; a shutdown would wait for an offer that is never accepted. */
  @Override
  public void close() {
    stream.abort(new CancellationException("Query has stopped"));
    held.close();
  }
}
