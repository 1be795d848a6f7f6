package io.vellamo.samples.run;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A sink that writes rows to another sink and then shows them.
 *
 * <p><b>Failure</b> The other sink's guarantee holds for the written rows; an epoch that is written
 * again after a crash is shown again.
 *
 * @param <U> the rows
 */
public final class EchoSink<U> implements RowSink<U> {
  private final RowSink<U> sink;
  private final Consumer<? super List<U>> show;

  private EchoSink(RowSink<U> sink, Consumer<? super List<U>> show) {
    this.sink = sink;
    this.show = show;
  }

  /**
   * Returns a sink that also shows the rows.
   *
   * @param sink writes the rows first
   * @param show shows the rows of an epoch
   * @param <U> the rows
   */
  public static <U> EchoSink<U> of(RowSink<U> sink, Consumer<? super List<U>> show) {
    return new EchoSink<>(sink, show);
  }

  /**
   * Returns a sink that also prints the rows.
   *
   * @param sink writes the rows first
   * @param terminal prints the rows
   * @param text returns a row as a line
   * @param <U> the rows
   */
  public static <U> EchoSink<U> of(
      RowSink<U> sink, Terminal terminal, Function<? super U, String> text) {
    return of(sink, rows -> rows.forEach(row -> terminal.print(text.apply(row))));
  }

  @Override
  public String description() {
    return sink.description();
  }

  @Override
  public SinkGuarantee guarantee() {
    return sink.guarantee();
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode("it shows the rows on one node; write to the other sink directly");
  }

  @Override
  public SinkWriter<U> open(SinkContext context) throws Exception {
    return new Writer(sink.open(context));
  }

  private final class Writer implements SinkWriter<U> {
    private final SinkWriter<U> writer;

    Writer(SinkWriter<U> writer) {
      this.writer = writer;
    }

    @Override
    public void write(EpochRows<? extends U> rows) throws Exception {
      writer.write(rows);
      List<U> shown = new ArrayList<>(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        shown.add(rows.row(i));
      }
      show.accept(shown);
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
