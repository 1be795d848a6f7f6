package io.vellamo.testkit.simulation;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.plan.StatefulOperator;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.source.EventSource;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.protocol.query.ShardRestarts;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The preparation of queries for local runs. */
final class LocalQueries {
  private static final long MOST_EVENTS = 1_000;

  private LocalQueries() {}

  static LocalQuery of(
      QueryPlan plan, QueryClock clock, int shards, JournalLimits limits, int callsAtOnce) {
    CompiledQuery compiled = CompiledQuery.of(plan);
    List<GroupOperator<?, ?, ?, ?>> operators = new ArrayList<>();
    for (CompiledOperator operator : compiled.operators()) {
      operators.add(operator(operator));
    }
    return new LocalQuery(
        plan,
        compiled,
        operators,
        JacksonValueCodec.ofEvents(LocalQueries.class.getClassLoader()),
        clock,
        shards,
        limits,
        callsAtOnce);
  }

  private static GroupOperator<?, ?, ?, ?> operator(CompiledOperator compiled) {
    StatefulOperator operator = compiled.operator();
    KeyCodec keyCodec =
        compiled
            .stage()
            .keyClass()
            .<KeyCodec>map(JacksonKeyCodec::of)
            .orElseGet(StandardKeyCodec::new);
    return typed(
        operator, compiled.hasWatermark(), keyCodec, JacksonStateCodec.of(operator.stateType()));
  }

  @SuppressWarnings("unchecked") // the pipeline gave the operator its state type
  private static <S> GroupOperator<?, ?, S, ?> typed(
      StatefulOperator operator,
      boolean hasWatermark,
      KeyCodec keyCodec,
      JacksonStateCodec<S> stateCodec) {
    return new GroupOperator<>(
        operator.timeout(),
        hasWatermark,
        (FlatMapGroupsWithStateFunction<Object, Object, S, Object>) operator.function(),
        keyCodec,
        stateCodec,
        JacksonValueCodec.ofRows(LocalQueries.class.getClassLoader()));
  }

  /** Returns what a run has to know of the query. */
  static QuerySetup setup(LocalQuery query, UUID runId) {
    QueryPlan plan = query.plan();
    List<EventSource<?>> sources = plan.upstream().sources();
    Long pollMillis =
        sources.stream()
            .flatMap(source -> source.pollInterval().stream())
            .min(Comparator.naturalOrder())
            .map(Duration::toMillis)
            .orElse(null);
    List<String> descriptions = sources.stream().<String>map(EventSource::description).toList();
    return new QuerySetup(
        plan.name(),
        new UUID(0, 0),
        runId,
        query.compiled(),
        plan.trigger(),
        plan.watermarkPolicy(),
        query.shards(),
        query.operators().stream()
            .map(operator -> operator.stateCodec().shape())
            .collect(Collectors.joining("+")),
        descriptions,
        plan.sink().description(),
        watermarkNames(query, descriptions),
        pollMillis,
        EpochSize.fixed(plan.maxEventsPerEpoch().orElse(MOST_EVENTS), sources.size()),
        new ShardRestarts(10, 200, 60_000));
  }

  private static List<String> watermarkNames(LocalQuery query, List<String> sources) {
    List<String> followed = new ArrayList<>();
    for (int input = 0; input < query.compiled().inputs().size(); input++) {
      if (query.compiled().inputs().get(input).hasWatermark()) {
        followed.add(sources.get(input));
      }
    }
    for (CompiledOperator operator : query.compiled().operators()) {
      if (!operator.rows().leadsToSink() && operator.rows().hasWatermark()) {
        followed.add("rows of " + operator.operator().name());
      }
    }
    return followed;
  }
}
