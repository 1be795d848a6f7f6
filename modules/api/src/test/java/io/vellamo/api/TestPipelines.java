package io.vellamo.api;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;

/** Pipelines that are built and never run. */
final class TestPipelines {
  static final RowSink<Object> SINK = new NoSink();

  private TestPipelines() {}

  static QueryStart start(String name) {
    QueryStarter runtime = TestPipelines::refuse;
    return QueryStart.of(name, runtime);
  }

  private static StreamingQuery refuse(QueryPlan plan) {
    throw new IllegalStateException("no runtime for " + plan.name());
  }

  static EventStream<String> counted(EventStream<String> words, GroupStateTimeout timeout) {
    return words
        .groupByKey(word -> word)
        .<Integer, String>mapGroupsWithState(timeout, Integer.class, (key, events, state) -> "row");
  }

  private static final class NoSink implements RowSink<Object> {
    @Override
    public String description() {
      return "none";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.IDEMPOTENT;
    }

    @Override
    public SinkWriter<Object> open(SinkContext context) {
      throw new UnsupportedOperationException("never opened");
    }
  }
}
