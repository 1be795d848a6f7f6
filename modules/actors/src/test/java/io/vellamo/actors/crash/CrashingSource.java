package io.vellamo.actors.crash;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.List;

/** A source that passes the steps it can see. */
record CrashingSource<T>(EventSource<T> source, CrashPoint crash) implements EventSource<T> {
  @Override
  public String description() {
    return source.description();
  }

  @Override
  public SourceReader<T> open(SourceContext context) throws Exception {
    SourceReader<T> reader = source.open(context);
    return new SourceReader<>() {
      @Override
      public Offsets latest() throws Exception {
        return reader.latest();
      }

      @Override
      public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) throws Exception {
        return reader.plan(from, upTo, maxEvents);
      }

      @Override
      public RangeReader<T> read(OffsetRange range) throws Exception {
        crash.pass(CrashStep.PLANNED);
        return reader.read(range);
      }

      @Override
      public void committed(Offsets offsets) {
        crash.pass(CrashStep.COMMITTED);
        reader.committed(offsets);
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }
}
