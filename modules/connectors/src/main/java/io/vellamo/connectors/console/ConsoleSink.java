package io.vellamo.connectors.console;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.io.PrintStream;
import java.util.function.Function;

/**
 * A sink that prints rows, one per line. In {@link OutputMode#COMPLETE}, a line with the epoch
 * comes before each whole result.
 *
 * <p><b>Failure</b> The rows of an epoch that was not committed are printed again. A stream that
 * stops taking text fails the query.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class ConsoleSink<U> implements RowSink<U> {
  private final PrintStream out;
  private final Function<? super U, String> formatter;

  ConsoleSink(PrintStream out, Function<? super U, String> formatter) {
    this.out = requireNonNull(out, "out");
    this.formatter = requireNonNull(formatter, "formatter");
  }

  /**
   * Returns a sink that prints rows in another format.
   *
   * @param formatter the text of a row
   * @param <V> the rows
   * @return a sink for the same stream
   */
  public <V> ConsoleSink<V> withFormatter(Function<? super V, String> formatter) {
    return new ConsoleSink<>(out, formatter);
  }

  @Override
  public String description() {
    return "Console";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.AT_LEAST_ONCE;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "its console is that of one node; use a sink that every node reaches, such as a Kafka topic or a database table");
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    return new Writer(context.mode() == OutputMode.COMPLETE);
  }

  private final class Writer implements SinkWriter<U> {
    private final boolean printsEpochs;

    Writer(boolean printsEpochs) {
      this.printsEpochs = printsEpochs;
    }

    @Override
    public void write(EpochRows<? extends U> rows) {
      if (printsEpochs) {
        out.println("-- epoch %d, %d rows".formatted(rows.epoch(), rows.size()));
      }
      for (int i = 0; i < rows.size(); i++) {
        out.println(formatter.apply(rows.row(i)));
      }
      // Flushes too; a print stream reports errors in no other way.
      if (out.checkError()) {
        throw new SinkException(
            description(),
            "Console must take the rows of epoch [%d], but its stream is broken; see whether its"
                    .formatted(rows.epoch())
                + " reader has ended",
            null);
      }
    }

    @Override
    public void close() {}
  }
}
