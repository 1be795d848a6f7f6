package io.vellamo.engine.pipeline;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.source.EventSource;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.InitialStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A query that is checked, compiled and has its codecs: ready to run, in any runtime.
 *
 * @param plan the query as the user wrote it
 * @param compiled its stages
 * @param operators its stateful operators, by their places
 * @param eventCodec writes and reads the events that are kept
 * @param names the descriptions of sources and sink
 */
public record PreparedQuery(
    QueryPlan plan,
    CompiledQuery compiled,
    List<GroupOperator<?, ?, ?, ?>> operators,
    ValueCodec eventCodec,
    Names names) {
  /**
   * The descriptions of sources and sink, read once at the start: they come from user code, which
   * the protocol must not call.
   *
   * @param sources the sources' descriptions
   * @param sink the sink's description
   * @param pollInterval the shortest poll interval of sources that do not signal; empty if all
   *     signal
   */
  public record Names(List<String> sources, String sink, Optional<Duration> pollInterval) {
    /** Asks the sources and the sink of a query. */
    public static Names of(QueryPlan plan) {
      List<EventSource<?>> sources = plan.upstream().sources();
      return new Names(
          sources.stream().<String>map(EventSource::description).toList(),
          plan.sink().description(),
          sources.stream()
              .flatMap(source -> source.pollInterval().stream())
              .min(Comparator.naturalOrder()));
    }
  }

  /** The heap that an event in flight may take, with everything derived from it. */
  private static final long HEAP_BYTES_OF_AN_EVENT = 16 * 1024;

  private static final long FEWEST_EVENTS = 10_000;
  private static final long MOST_EVENTS = 1_000_000;

  /** Copies the operators. */
  public PreparedQuery {
    operators = List.copyOf(operators);
  }

  /** Returns a query, after asking its sources and its sink for their descriptions. */
  public static PreparedQuery of(
      QueryPlan plan,
      CompiledQuery compiled,
      List<GroupOperator<?, ?, ?, ?>> operators,
      ValueCodec eventCodec) {
    return new PreparedQuery(plan, compiled, operators, eventCodec, Names.of(plan));
  }

  /** Returns the query's name. */
  public String name() {
    return plan.name();
  }

  /** Returns the rule by which failed calls of sources and sinks are made again. */
  public RetryPolicy retry() {
    return plan.retry().orElse(RetryPolicy.none());
  }

  /** Returns the query's operators, matched with those in its journal. */
  public OperatorNumbers operatorNumbers(List<CreatedOperator> known) {
    return new OperatorNumbers(compiled.operators(), known);
  }

  /** Returns the shape of the states, which tells how they are read; empty if there are none. */
  public String stateShape() {
    return operators.stream().map(PreparedQuery::shape).collect(Collectors.joining("+"));
  }

  private static String shape(GroupOperator<?, ?, ?, ?> operator) {
    DeclaredVariables variables = operator.variables();
    return variables == null ? operator.stateCodec().shape() : variables.shape();
  }

  /** Returns the layouts in which states and keys are written. */
  public List<String> layouts() {
    return operators.stream()
        .flatMap(operator -> operator.stateCodec().layouts().own().stream())
        .distinct()
        .toList();
  }

  /** Returns the names of the operators, by place. */
  public List<String> operatorNames() {
    return compiled.operators().stream().map(each -> each.operator().name()).toList();
  }

  /**
   * Returns the index of an operator.
   *
   * @throws IllegalArgumentException if the query has no stateful operator with that name
   */
  public int operatorIndex(String operator) {
    List<String> operators = operatorNames();
    int index = operators.indexOf(operator);
    if (index < 0) {
      throw new IllegalArgumentException(
          "operator must be one of the stateful operators of query [%s], [%s], was [%s]"
              .formatted(name(), String.join(", ", operators), operator));
    }
    return index;
  }

  /** Returns the key codec of each operator. */
  public List<KeyCodec> keyCodecs() {
    List<KeyCodec> codecs = new ArrayList<>(operators.size());
    operators.forEach(operator -> codecs.add(operator.keyCodec()));
    return codecs;
  }

  /** Returns the copies that protect events from changes by users' functions. */
  public EventCopies eventCopies() {
    return EventCopies.by(eventCodec);
  }

  /** Returns the description of the sources. */
  public String sourceDescription() {
    return String.join(" and ", names.sources());
  }

  /** Returns the description of the sink of rows. */
  public String sinkDescription() {
    return names.sink();
  }

  /** Asks source and sink what they guarantee, and returns the guarantee of the query. */
  public DeliveryGuarantee guarantee() {
    if (!plan.upstream().sources().stream().allMatch(EventSource::isReplayable)) {
      return DeliveryGuarantee.AT_MOST_ONCE;
    }
    return plan.sink().guarantee() == SinkGuarantee.AT_LEAST_ONCE
        ? DeliveryGuarantee.AT_LEAST_ONCE
        : DeliveryGuarantee.EXACTLY_ONCE;
  }

  /**
   * Returns whether the sink has a writer for each range of shards: it allows several, and all rows
   * come from shards, which can give them again.
   */
  public boolean writesInRanges() {
    return plan.sink() instanceof ParallelSink<?>
        && compiled.outputMode() != OutputMode.COMPLETE
        && compiled.inputs().stream().noneMatch(Route::leadsToSink);
  }

  /** Returns a description of the query for people, of several lines. */
  public String explanation() {
    return QueryText.of(this);
  }

  /** Returns a description of what each watermark follows, by the watermark's number. */
  public List<String> watermarkNames() {
    List<String> followed = new ArrayList<>();
    for (int input = 0; input < compiled.inputs().size(); input++) {
      if (compiled.inputs().get(input).hasWatermark()) {
        followed.add(names.sources().get(input));
      }
    }
    for (CompiledOperator operator : compiled.operators()) {
      if (!operator.rows().leadsToSink() && operator.rows().hasWatermark()) {
        followed.add("rows of " + operator.operator().name());
      }
    }
    return followed;
  }

  /** Returns whether groups have a state before the first epoch. */
  public boolean hasInitialState() {
    return compiled.operators().stream()
        .anyMatch(operator -> operator.operator().initialState().isPresent());
  }

  /**
   * Reads the states that groups have before the first epoch, for each shard of each operator.
   *
   * @param shards the number of shards of each operator
   */
  public List<InitialGroups> initialStates(int shards) {
    List<InitialGroups> all = new ArrayList<>();
    for (int place = 0; place < operators.size(); place++) {
      GroupOperator<?, ?, ?, ?> operator = operators.get(place);
      all.addAll(
          compiled
              .operators()
              .get(place)
              .operator()
              .initialState()
              .map(initial -> InitialStates.read(initial, operator, shards))
              .orElseGet(() -> Collections.nCopies(shards, InitialGroups.NONE)));
    }
    return all;
  }

  /**
   * Returns the size of epochs for a run that begins.
   *
   * @param configured the maximum number of events if the query does not set its own; empty to
   *     adapt it to the duration of epochs
   * @param heapBytes the maximum heap, which bounds the events in flight
   */
  public EpochSize epochSize(OptionalLong configured, long heapBytes) {
    int sources = compiled.inputs().size();
    OptionalLong set = plan.maxEventsPerEpoch();
    OptionalLong most = set.isPresent() ? set : configured;
    if (most.isPresent()) {
      return EpochSize.fixed(most.getAsLong(), sources);
    }
    long largest = heapBytes / HEAP_BYTES_OF_AN_EVENT;
    return EpochSize.upTo(Math.min(Math.max(largest, FEWEST_EVENTS), MOST_EVENTS), sources);
  }
}
