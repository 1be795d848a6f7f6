package io.vellamo.connectors.pekko;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.function.Function;

/** A sink whose writers run streams. */
record StreamSink<U>(String description, Function<SinkContext, SinkWriter<U>> writers)
    implements RowSink<U> {
  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.AT_LEAST_ONCE;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "it does not know whether its stream has the same effect on every node; use a connector's sink, or Foreach and declare it shared()");
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    return writers.apply(context);
  }
}
