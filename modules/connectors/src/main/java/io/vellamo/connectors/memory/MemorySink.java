package io.vellamo.connectors.memory;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A sink that keeps rows in memory. An epoch written again replaces what it wrote before. In {@link
 * OutputMode#COMPLETE}, an epoch replaces all that its query wrote before.
 *
 * <p><b>Threading</b> Safe to share; several queries may write to it.
 *
 * <p><b>Cost</b> Keeps every row until {@link #clear}.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class MemorySink<U> implements RowSink<U> {
  // Guarded by itself; in the order in which epochs were first written.
  private final Map<Written, List<U>> epochs = new LinkedHashMap<>();

  private MemorySink() {}

  /**
   * Returns an empty sink.
   *
   * @param <U> the rows
   * @return a sink
   */
  public static <U> MemorySink<U> create() {
    return new MemorySink<>();
  }

  /**
   * Returns the rows of all epochs; of a query in {@link OutputMode#COMPLETE}, those of the last
   * epoch that was written.
   *
   * @return a copy, in the order in which the epochs were first written
   */
  public List<U> rows() {
    synchronized (epochs) {
      return epochs.values().stream().flatMap(List::stream).toList();
    }
  }

  /**
   * Returns the rows of an epoch.
   *
   * @param epoch its number, from 1
   * @return a copy; empty if the epoch had no rows, has not been written or was replaced
   */
  public List<U> rowsOfEpoch(long epoch) {
    synchronized (epochs) {
      return epochs.entrySet().stream()
          .filter(written -> written.getKey().epoch == epoch)
          .flatMap(written -> written.getValue().stream())
          .toList();
    }
  }

  /** Removes all rows. */
  public void clear() {
    synchronized (epochs) {
      epochs.clear();
    }
  }

  @Override
  public String description() {
    return "Memory";
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.IDEMPOTENT;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "its rows are in the memory of one node; use a sink that every node reaches, such as a Kafka topic or a database table");
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    return new Writer(context.queryId(), context.mode() == OutputMode.COMPLETE);
  }

  private record Written(UUID query, long epoch) {}

  private final class Writer implements SinkWriter<U> {
    private final UUID query;
    private final boolean replaces;

    Writer(UUID query, boolean replaces) {
      this.query = query;
      this.replaces = replaces;
    }

    @Override
    public void write(EpochRows<? extends U> rows) {
      List<U> copy = new ArrayList<>(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        copy.add(rows.row(i));
      }
      synchronized (epochs) {
        if (replaces) {
          epochs.keySet().removeIf(written -> written.query.equals(query));
        }
        epochs.put(new Written(query, rows.epoch()), copy);
      }
    }

    @Override
    public void close() {}
  }
}
