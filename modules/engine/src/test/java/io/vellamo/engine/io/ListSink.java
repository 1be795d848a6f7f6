package io.vellamo.engine.io;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A sink in memory that records its calls, and the rows with their ids. */
public final class ListSink implements RowSink<Object> {
  private final String name;

  final List<String> calls = new ArrayList<>();
  final List<String> rows = new ArrayList<>();

  /** Creates a sink; one named "closed" can't be opened. */
  public ListSink(String name) {
    this.name = name;
  }

  @Override
  public String description() {
    return name;
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.AT_LEAST_ONCE;
  }

  @Override
  public SinkWriter<Object> open(SinkContext context) {
    calls.add("open after " + context.committedEpoch());
    if (name.equals("closed")) {
      throw new IllegalStateException("can't be opened");
    }
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<?> written) {
        calls.add("write " + written.epoch());
        for (int i = 0; i < written.size(); i++) {
          rows.add(written.id(i) + " " + written.row(i));
        }
      }

      @Override
      public Map<String, Long> metrics() {
        return Map.of("rowsWritten", (long) rows.size());
      }

      @Override
      public void close() {
        calls.add("close");
      }
    };
  }
}
