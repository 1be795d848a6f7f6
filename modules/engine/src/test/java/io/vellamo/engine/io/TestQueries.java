package io.vellamo.engine.io;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.RowSink;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries over texts, which are grouped by themselves. */
public final class TestQueries {
  private TestQueries() {}

  /** Returns the events of one or more sources. */
  public static Upstream upstream(ListSource... sources) {
    List<Upstream> inputs = new ArrayList<>();
    for (ListSource source : sources) {
      inputs.add(new Upstream.Input(source));
    }
    return inputs.size() == 1 ? inputs.get(0) : new Upstream.Union(inputs);
  }

  public static Upstream then(Upstream upstream, Stage... stages) {
    Upstream all = upstream;
    for (Stage stage : stages) {
      all = new Upstream.Step(all, stage);
    }
    return all;
  }

  /** Returns an operator that groups texts by themselves; its function is never called here. */
  public static Stage groups(String name, GroupStateTimeout timeout) {
    return groups(name, event -> event, timeout);
  }

  public static Stage groups(String name, Function<Object, ?> key, GroupStateTimeout timeout) {
    FlatMapGroupsWithStateFunction<Object, Object, Integer, String> none =
        (group, events, state) -> Collections.emptyIterator();
    return new Stage.Group(
        key,
        Optional.empty(),
        new StatefulOperator(name, OutputMode.APPEND, timeout, StateType.of(Integer.class)),
        new GroupCode.Function(none));
  }

  public static QueryPlan plan(String name, Upstream upstream, RowSink<?> sink, Trigger trigger) {
    return plan(name, upstream, sink, null, null, trigger);
  }

  public static QueryPlan plan(
      String name,
      Upstream upstream,
      RowSink<?> sink,
      @Nullable RowSink<? super DeadLetter> deadLetters,
      @Nullable RowSink<? super LateEvent> lateEvents,
      Trigger trigger) {
    return plan(name, upstream, sink, ErrorPolicy.fail(), deadLetters, lateEvents, trigger);
  }

  static QueryPlan plan(
      String name,
      Upstream upstream,
      RowSink<?> sink,
      ErrorPolicy errorPolicy,
      @Nullable RowSink<? super DeadLetter> deadLetters,
      @Nullable RowSink<? super LateEvent> lateEvents,
      Trigger trigger) {
    return new QueryPlan(
        name,
        upstream,
        sink,
        errorPolicy,
        Optional.ofNullable(deadLetters),
        Optional.ofNullable(lateEvents),
        trigger,
        WatermarkPolicy.MIN,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns a plan with codecs of texts as keys and rows, and numbers as states. */
  public static PreparedQuery prepare(QueryPlan plan) {
    CompiledQuery compiled = CompiledQuery.of(plan);
    List<GroupOperator<?, ?, ?, ?>> operators = new ArrayList<>();
    for (CompiledOperator operator : compiled.operators()) {
      operators.add(
          new GroupOperator<>(
              operator.timeout(),
              operator.hasWatermark(),
              new FunctionOperator<>((key, events, state) -> Collections.emptyIterator()),
              TestCodecs.KEYS,
              TestCodecs.NUMBERS,
              TestCodecs.ROWS));
    }
    return PreparedQuery.of(plan, compiled, operators, TestCodecs.ROWS);
  }
}
