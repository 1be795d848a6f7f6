package io.vellamo.actors.crash;

import io.vellamo.actors.DelegatingReader;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;

/** A source that passes the steps it can see. */
record CrashingSource<T>(EventSource<T> source, CrashPoint crash) implements EventSource<T> {
  @Override
  public String description() {
    return source.description();
  }

  @Override
  public SourceReader<T> open(SourceContext context) throws Exception {
    return new DelegatingReader<>(source.open(context)) {
      @Override
      public RangeReader<T> read(OffsetRange range) throws Exception {
        crash.pass(CrashStep.PLANNED);
        return super.read(range);
      }

      @Override
      public void committed(Offsets offsets) {
        crash.pass(CrashStep.COMMITTED);
        super.committed(offsets);
      }
    };
  }
}
