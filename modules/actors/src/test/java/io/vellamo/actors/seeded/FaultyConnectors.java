package io.vellamo.actors.seeded;

import io.vellamo.actors.DelegatingReader;
import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.testkit.simulation.Dice;
import io.vellamo.testkit.simulation.GeneratedQuery;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Sources and sinks whose calls fail when the seed says so, before or after they take effect, for
 * good or for a while.
 */
final class FaultyConnectors implements GeneratedQuery.Connectors {
  private final Dice dice;
  private final Consumer<String> trace;
  private int failures;

  /**
   * Creates connectors.
   *
   * @param failures how many of a thousand calls fail
   * @param trace is told of failures
   */
  FaultyConnectors(Dice dice, int failures, Consumer<String> trace) {
    this.dice = dice;
    this.failures = failures;
    this.trace = trace;
  }

  /** Lets all calls succeed from now on. */
  void calm() {
    failures = 0;
  }

  private void mayFail(String call) throws IOException {
    if (dice.perMille(failures)) {
      trace.accept(call + " fails");
      if (dice.coin()) {
        throw new RetryableException("simulated failure", null);
      }
      throw new IOException("simulated failure");
    }
  }

  @Override
  public <T> EventSource<T> around(EventSource<T> source) {
    return new EventSource<>() {
      @Override
      public String description() {
        return source.description();
      }

      @Override
      public SourceReader<T> open(SourceContext context) throws Exception {
        mayFail("opening the source");
        return new Reader<>(source.open(context));
      }
    };
  }

  @Override
  public <U> RowSink<U> around(RowSink<U> sink) {
    return sink instanceof ParallelSink<U> ranges ? new Ranges<>(ranges) : oneWriter(sink);
  }

  private <U> RowSink<U> oneWriter(RowSink<U> sink) {
    return new RowSink<>() {
      @Override
      public String description() {
        return sink.description();
      }

      @Override
      public SinkGuarantee guarantee() {
        return sink.guarantee();
      }

      @Override
      public SinkWriter<U> open(SinkContext context) throws Exception {
        mayFail("opening the sink");
        return new Writer<>(sink.open(context));
      }
    };
  }

  private final class Ranges<U> implements ParallelSink<U> {
    private final ParallelSink<U> actual;

    Ranges(ParallelSink<U> actual) {
      this.actual = actual;
    }

    @Override
    public String description() {
      return actual.description();
    }

    @Override
    public SinkGuarantee guarantee() {
      return actual.guarantee();
    }

    @Override
    public ShardWriter<U> open(SinkContext context, ShardRange shards, long owner)
        throws Exception {
      mayFail("opening range " + shards);
      return new RangeWriter<>(shards, actual.open(context, shards, owner));
    }
  }

  private final class RangeWriter<U> implements ShardWriter<U> {
    private final ShardRange range;
    private final ShardWriter<U> actual;

    RangeWriter(ShardRange range, ShardWriter<U> actual) {
      this.range = range;
      this.actual = actual;
    }

    @Override
    public void write(EpochRows<? extends U> rows) throws Exception {
      mayFail("writing range " + range);
      actual.write(rows);
      mayFail("the write of range %s has happened, and".formatted(range));
    }

    @Override
    public boolean holds(long epoch) throws Exception {
      return actual.holds(epoch);
    }

    @Override
    public void commit(long epoch) throws Exception {
      mayFail("committing range " + range);
      actual.commit(epoch);
      mayFail("the commit of range %s has happened, and".formatted(range));
    }

    @Override
    public void close() {
      actual.close();
    }
  }

  private final class Reader<T> extends DelegatingReader<T> {
    Reader(SourceReader<T> actual) {
      super(actual);
    }

    @Override
    public Offsets latest() throws Exception {
      mayFail("asking the source");
      return super.latest();
    }

    @Override
    public RangeReader<T> read(OffsetRange range) throws Exception {
      mayFail("reading");
      return super.read(range);
    }
  }

  private final class Writer<U> implements SinkWriter<U> {
    private final SinkWriter<U> actual;

    Writer(SinkWriter<U> actual) {
      this.actual = actual;
    }

    @Override
    public void write(EpochRows<? extends U> rows) throws Exception {
      mayFail("writing to the sink");
      actual.write(rows);
      mayFail("the write to the sink has happened, and");
    }

    @Override
    public void close() {
      actual.close();
    }
  }
}
