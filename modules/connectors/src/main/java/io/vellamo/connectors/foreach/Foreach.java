package io.vellamo.connectors.foreach;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.sink.EpochRows;

/**
 * Sinks that pass rows to user code one at a time.
 *
 * <pre>{@code
 * query.to(Foreach.each(alert -> pager.send(alert)));
 * }</pre>
 *
 * @since 0.1
 */
public final class Foreach {
  private Foreach() {}

  /**
   * Returns a sink whose writer is also called at the start and end of each epoch.
   *
   * @param writer the writer of the rows
   * @param <U> the rows
   * @return a sink that writes at least once
   */
  public static <U> ForeachSink<U> sink(ForeachWriter<U> writer) {
    requireNonNull(writer, "writer");
    return new ForeachSink<>("Foreach", rows -> write(writer, rows));
  }

  /**
   * Returns a sink that writes rows independently of epochs.
   *
   * @param consumer the function that writes a row; the row must be durable when it returns
   * @param <U> the rows
   * @return a sink that writes at least once
   */
  public static <U> ForeachSink<U> each(RowConsumer<U> consumer) {
    requireNonNull(consumer, "consumer");
    return new ForeachSink<>(
        "Foreach",
        rows -> {
          for (int i = 0; i < rows.size(); i++) {
            consumer.accept(rows.row(i));
          }
        });
  }

  private static <U> void write(ForeachWriter<U> writer, EpochRows<? extends U> rows)
      throws Exception {
    boolean wanted = writer.open(rows.epoch());
    try {
      for (int i = 0; wanted && i < rows.size(); i++) {
        writer.process(rows.row(i));
      }
    } catch (Throwable error) {
      closeAfter(error, writer);
      throw error;
    }
    writer.close(null);
  }

  private static void closeAfter(Throwable error, ForeachWriter<?> writer) {
    try {
      writer.close(error);
    } catch (Exception | Error second) {
      if (second != error) {
        error.addSuppressed(second);
      }
    }
  }
}
