package io.vellamo.connectors.foreach;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;

/**
 * A sink that runs user code.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class ForeachSink<U> implements RowSink<U> {
  private final String description;
  private final EpochWriter<U> writer;
  private final SinkGuarantee guarantee;
  private final NodeAccess nodeAccess;

  ForeachSink(String description, EpochWriter<U> writer) {
    this(
        description,
        writer,
        SinkGuarantee.AT_LEAST_ONCE,
        NodeAccess.oneNode(
            "it does not declare whether its code has the same effect on every node; declare it shared() if it has"));
  }

  private ForeachSink(
      String description, EpochWriter<U> writer, SinkGuarantee guarantee, NodeAccess nodeAccess) {
    this.description = description;
    this.writer = writer;
    this.guarantee = guarantee;
    this.nodeAccess = nodeAccess;
  }

  /**
   * Declares the user code idempotent: writing an epoch again has the same effect as writing it
   * once, for example because it replaces the rows of that epoch.
   *
   * @return the same sink with {@link SinkGuarantee#IDEMPOTENT}, so that the query is exactly-once
   */
  public ForeachSink<U> idempotent() {
    return new ForeachSink<>(description, writer, SinkGuarantee.IDEMPOTENT, nodeAccess);
  }

  /**
   * Declares that the user code has the same effect on every node of a cluster, for example because
   * it calls a service. Without it, a query in a cluster refuses the sink.
   *
   * @return the same sink with {@link NodeAccess#shared()}
   */
  public ForeachSink<U> shared() {
    return new ForeachSink<>(description, writer, guarantee, NodeAccess.shared());
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public SinkGuarantee guarantee() {
    return guarantee;
  }

  @Override
  public NodeAccess nodeAccess() {
    return nodeAccess;
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    return new Writer();
  }

  /** A function that writes one epoch. */
  interface EpochWriter<U> {
    void write(EpochRows<? extends U> rows) throws Exception;
  }

  private final class Writer implements SinkWriter<U> {
    @Override
    public void write(EpochRows<? extends U> rows) throws Exception {
      writer.write(rows);
    }

    @Override
    public void close() {}
  }
}
