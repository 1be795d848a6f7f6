package io.vellamo.engine.live;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.Variable;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.group.DeclaredTimer;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.io.ListSink;
import io.vellamo.engine.io.ListSource;
import io.vellamo.engine.io.TestQueries;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.GroupAnswer;
import io.vellamo.engine.protocol.query.GroupPosition;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.SlotType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A query that is asked for its groups, and answers as the test says. */
final class LiveQuery {
  static final long EPOCH = 3;

  private final PreparedQuery prepared;
  private final List<QueryRequest> requests = new ArrayList<>();
  private GroupAnswer answer = new GroupAnswer(List.of(), null);

  private LiveQuery(PreparedQuery prepared) {
    this.prepared = prepared;
  }

  /** Returns a query with operators that keep a number for each text. */
  static LiveQuery withStates(String... names) {
    return of(
        new FunctionOperator<>((key, all, state) -> Collections.emptyIterator()), null, names);
  }

  /** Returns a query with an operator that declares variables and timers of numbers. */
  static LiveQuery withVariables(String name, List<Variable> variables, List<TimerName> timers) {
    List<DeclaredVariable> declared = new ArrayList<>();
    for (Variable variable : variables) {
      declared.add(
          new DeclaredVariable(
              variable,
              SlotType.of(variable),
              TestCodecs.NUMBERS,
              variable instanceof MapVariable<?, ?> ? TestCodecs.KEYS : null,
              declared.size()));
    }
    List<DeclaredTimer> some = new ArrayList<>();
    for (TimerName timer : timers) {
      some.add(new DeclaredTimer(timer, declared.size() + some.size()));
    }
    return of(
        new FunctionOperator<>((key, all, state) -> Collections.emptyIterator()),
        new DeclaredVariables(declared, some, Duration.ZERO),
        name);
  }

  /** Returns a query with an operator whose rows follow from its state; negative states fail. */
  static LiveQuery withResults(String name) {
    return of(new Describing(), null, name);
  }

  private static LiveQuery of(
      KeyedOperator<Object, Object, Integer, String> calls,
      @Nullable DeclaredVariables variables,
      String... names) {
    QueryPlan plan = plan(names);
    CompiledQuery compiled = CompiledQuery.of(plan);
    List<GroupOperator<?, ?, ?, ?>> operators = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      operators.add(
          new GroupOperator<>(
              GroupStateTimeout.NONE,
              false,
              calls,
              false,
              variables,
              0,
              TestCodecs.KEYS,
              TestCodecs.NUMBERS,
              TestCodecs.ROWS));
    }
    return new LiveQuery(PreparedQuery.of(plan, compiled, operators, TestCodecs.ROWS));
  }

  private static QueryPlan plan(String... names) {
    var upstream = TestQueries.upstream(ListSource.of("source"));
    for (String name : names) {
      upstream = TestQueries.then(upstream, TestQueries.groups(name, GroupStateTimeout.NONE));
    }
    return TestQueries.plan("query", upstream, new ListSink("rows"), Trigger.asap());
  }

  LiveState live() {
    return new LiveState(
        prepared,
        (operator, name, epoch, group) -> "{%s of epoch %d}".formatted(name, epoch),
        request -> {
          requests.add(request.apply(requests.size()));
          return CompletableFuture.completedFuture(answer);
        });
  }

  List<QueryRequest> requests() {
    return requests;
  }

  /** Makes all further requests be answered with some groups. */
  void answers(@Nullable GroupPosition next, long processingMillis, GroupContent... groups) {
    EpochTimes times = new EpochTimes(EPOCH, processingMillis, Watermark.NONE, Watermark.NONE);
    List<GroupAnswer.Committed> committed = new ArrayList<>();
    for (GroupContent group : groups) {
      committed.add(new GroupAnswer.Committed(times, group));
    }
    answer = new GroupAnswer(committed, next);
  }

  /** Returns what the user of the query sees of a group at a time. */
  Optional<CommittedGroup> show(GroupContent group, long processingMillis) {
    answers(null, processingMillis, group);
    Object key = Objects.requireNonNull(TestCodecs.KEYS.read(group.key()), "key");
    return live().state(key).toCompletableFuture().join();
  }

  private static final class Describing implements KeyedOperator<Object, Object, Integer, String> {
    @Override
    public void onEvents(
        Object key, KeyedEvents<Object> events, KeyedState<Integer> group, Rows<String> rows) {
      throw new AssertionError("not called");
    }

    @Override
    public void onTimeout(Object key, KeyedState<Integer> group, Rows<String> rows) {
      throw new AssertionError("not called");
    }

    @Override
    public boolean hasRowsOfState() {
      return true;
    }

    @Override
    public void rowsOf(Object key, KeyedState<Integer> group, Rows<String> rows)
        throws IOException {
      int state = group.get();
      if (state == -1) {
        throw new ArithmeticException("negative");
      }
      if (state < 0) {
        throw new IOException("negative");
      }
      rows.put(0, key + " has " + state);
    }
  }
}
