package io.vellamo.actors;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceReader;
import java.util.List;

/** A reader of a source that passes all calls on to another, for tests that override some. */
public class DelegatingReader<T> implements SourceReader<T> {
  private final SourceReader<T> actual;

  /** Creates a reader that calls another. */
  public DelegatingReader(SourceReader<T> actual) {
    this.actual = actual;
  }

  @Override
  public Offsets latest() throws Exception {
    return actual.latest();
  }

  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception {
    return actual.plan(from, upTo, maxEvents);
  }

  @Override
  public RangeReader<T> read(OffsetRange range) throws Exception {
    return actual.read(range);
  }

  @Override
  public void committed(Offsets offsets) {
    actual.committed(offsets);
  }

  @Override
  public void close() {
    actual.close();
  }
}
