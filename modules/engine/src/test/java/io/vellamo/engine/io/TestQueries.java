package io.vellamo.engine.io;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.plan.StatefulOperator;
import io.vellamo.api.plan.Upstream;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.RowSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Queries over texts, which are grouped by themselves. */
final class TestQueries {
  private TestQueries() {}

  /** Returns the events of one or more sources. */
  static Upstream upstream(ListSource... sources) {
    List<Upstream> inputs = new ArrayList<>();
    for (ListSource source : sources) {
      inputs.add(new Upstream.Input(source));
    }
    return inputs.size() == 1 ? inputs.get(0) : new Upstream.Union(inputs);
  }

  static Upstream then(Upstream upstream, Stage... stages) {
    Upstream all = upstream;
    for (Stage stage : stages) {
      all = new Upstream.Step(all, stage);
    }
    return all;
  }

  /** Returns an operator that groups texts by themselves; its function is never called here. */
  static Stage groups(String name, GroupStateTimeout timeout) {
    FlatMapGroupsWithStateFunction<Object, Object, Integer, String> none =
        (key, events, state) -> Collections.emptyIterator();
    return new Stage.Group(
        event -> event,
        Optional.empty(),
        new StatefulOperator(name, OutputMode.APPEND, timeout, StateType.of(Integer.class), none));
  }

  static QueryPlan plan(String name, Upstream upstream, RowSink<?> sink, Trigger trigger) {
    return plan(name, upstream, sink, null, null, trigger);
  }

  static QueryPlan plan(
      String name,
      Upstream upstream,
      RowSink<?> sink,
      @Nullable RowSink<? super DeadLetter> deadLetters,
      @Nullable RowSink<? super LateEvent> lateEvents,
      Trigger trigger) {
    return new QueryPlan(
        name,
        upstream,
        sink,
        ErrorPolicy.fail(),
        Optional.ofNullable(deadLetters),
        Optional.ofNullable(lateEvents),
        trigger,
        WatermarkPolicy.MIN,
        OptionalLong.empty(),
        Optional.empty());
  }
}
