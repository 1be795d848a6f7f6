package io.vellamo.api.sink;

import io.vellamo.api.query.NodeAccess;

/** A sink that could be written in ranges, and has one writer. */
record OneWriter<U>(ParallelSink<U> sink) implements RowSink<U> {
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
    return sink.nodeAccess();
  }

  @Override
  public SinkWriter<U> open(SinkContext context) throws Exception {
    return sink.open(context);
  }
}
