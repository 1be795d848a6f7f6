package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.plan.QueryPlan;
import io.vellamo.api.plan.StatefulOperator;
import io.vellamo.api.plan.WholeGroups;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.RowSink;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A complete pipeline and how it shall run.
 *
 * <p><b>Threading</b> Immutable: every {@code with}-like method returns a new builder.
 *
 * @since 0.1
 */
public final class QueryBuilder {
  private final Pipeline pipeline;
  private final QueryPlan plan;

  private QueryBuilder(Pipeline pipeline, QueryPlan plan) {
    this.pipeline = pipeline;
    this.plan = plan;
  }

  static QueryBuilder of(Pipeline pipeline, RowSink<?> sink) {
    QueryPlan plan = QueryPlan.of(pipeline.name(), pipeline.upstream(), sink);
    return new QueryBuilder(pipeline, plan);
  }

  /**
   * Sets when epochs start. Defaults to {@link Trigger#asap}.
   *
   * @param trigger the rule
   * @return a builder with it
   */
  public QueryBuilder trigger(Trigger trigger) {
    requireNonNull(trigger, "trigger");
    return copy(
        plan.errorPolicy(),
        plan.deadLetters(),
        plan.lateEvents(),
        trigger,
        plan.maxEventsPerEpoch(),
        plan.clock());
  }

  /**
   * States the query's output mode. It follows from the pipeline; stating it checks that the two
   * agree.
   *
   * @param mode the mode the query shall have
   * @return this builder
   * @throws IllegalArgumentException if the pipeline's rows don't have that mode
   */
  public QueryBuilder outputMode(OutputMode mode) {
    requireNonNull(mode, "mode");
    Optional<StatefulOperator> updating = pipeline.updating();
    if (mode == OutputMode.COMPLETE) {
      throw refused(
          updating.isPresent() ? "UPDATE" : "APPEND or UPDATE",
          mode,
          updating
              .map(op -> op.kind() + " emits what an epoch has changed, not the whole result")
              .orElse("without an aggregation there is no whole result"));
    }
    List<StatefulOperator> operators = pipeline.upstream().operators();
    if (updating.isPresent() && mode == OutputMode.APPEND) {
      throw refused(
          "UPDATE", mode, updating.get().kind() + " emits rows that replace earlier ones");
    }
    if (updating.isEmpty() && mode == OutputMode.UPDATE && !operators.isEmpty()) {
      throw refused("APPEND", mode, operators.get(0).kind() + " emits rows that are final");
    }
    return this;
  }

  /**
   * Sets what is done when a user's function throws. Defaults to {@link ErrorPolicy#fail}. May be
   * changed at any start; what was dead-lettered or parked stays so.
   *
   * <p>It holds for the functions that get events: those of the stages in front of the stateful
   * operator (dead-lettered or failing, never called again) and of the operator. One that throws
   * behind the operator fails the query. So do, unless groups are parked, a class that is missing
   * and a state or row that can't be read or written: those are not the event's fault.
   *
   * <p>A call that threw is forgotten, and its events may be given to the function again: it must
   * not change them.
   *
   * @param policy the policy
   * @return a builder with it
   * @throws IllegalArgumentException if it is about groups, and there are none
   */
  public QueryBuilder onError(ErrorPolicy policy) {
    requireNonNull(policy, "policy");
    if (pipeline.upstream().operators().isEmpty()
        && (policy.retries() > 0 || policy.action() == ErrorPolicy.Action.PARK)) {
      throw new IllegalArgumentException(
          "policy must not retry or park in a query without a stateful operator, was [%s]; use fail() or deadLetter()"
              .formatted(policy));
    }
    return copy(
        policy,
        plan.deadLetters(),
        plan.lateEvents(),
        plan.trigger(),
        plan.maxEventsPerEpoch(),
        plan.clock());
  }

  /**
   * Sets where dead letters go: source entries that were no events and, with {@link
   * ErrorPolicy#deadLetter}, events that a function failed on. By default their positions, keys and
   * reasons are logged and counted, they themselves are not kept.
   *
   * @param sink takes them, epoch by epoch, before the epoch is committed
   * @return a builder with it
   */
  public QueryBuilder deadLettersTo(RowSink<? super DeadLetter> sink) {
    requireNonNull(sink, "sink");
    return copy(
        plan.errorPolicy(),
        Optional.of(sink),
        plan.lateEvents(),
        plan.trigger(),
        plan.maxEventsPerEpoch(),
        plan.clock());
  }

  /**
   * Sets where late events go, each with its event time and the watermark it is older than. By
   * default they are counted and dropped. Spark has no such output.
   *
   * @param sink takes them, epoch by epoch, before the epoch is committed
   * @return a builder with it
   */
  public QueryBuilder lateEventsTo(RowSink<? super LateEvent> sink) {
    requireNonNull(sink, "sink");
    return copy(
        plan.errorPolicy(),
        plan.deadLetters(),
        Optional.of(sink),
        plan.trigger(),
        plan.maxEventsPerEpoch(),
        plan.clock());
  }

  /**
   * Sets the most events of an epoch; they are held in memory while it runs. By default the size of
   * epochs follows the time they take ({@code vellamo.query.max-events-per-epoch = auto}). {@link
   * Trigger#once} ignores it.
   *
   * @param events positive
   * @return a builder with it
   * @throws IllegalArgumentException if {@code events} is not positive
   */
  public QueryBuilder maxEventsPerEpoch(long events) {
    if (events < 1) {
      throw new IllegalArgumentException("events must be positive, was [%d]".formatted(events));
    }
    return copy(
        plan.errorPolicy(),
        plan.deadLetters(),
        plan.lateEvents(),
        plan.trigger(),
        OptionalLong.of(events),
        plan.clock());
  }

  /**
   * Sets the processing time, for tests. Defaults to the system's clock.
   *
   * @param clock the query's only clock
   * @return a builder with it
   */
  public QueryBuilder clock(QueryClock clock) {
    requireNonNull(clock, "clock");
    return copy(
        plan.errorPolicy(),
        plan.deadLetters(),
        plan.lateEvents(),
        plan.trigger(),
        plan.maxEventsPerEpoch(),
        Optional.of(clock));
  }

  /**
   * Sets what the watermarks of several streams make together. Defaults to {@link
   * WatermarkPolicy#MIN}. It is fixed when the query is first started: a later start of the query
   * goes on with what it was then, as in Spark.
   *
   * @param policy the earliest of them or the latest
   * @return a builder with it
   */
  public QueryBuilder watermarkPolicy(WatermarkPolicy policy) {
    requireNonNull(policy, "policy");
    return new QueryBuilder(
        pipeline,
        new QueryPlan(
            plan.name(),
            plan.upstream(),
            plan.sink(),
            plan.errorPolicy(),
            plan.deadLetters(),
            plan.lateEvents(),
            plan.trigger(),
            policy,
            plan.maxEventsPerEpoch(),
            plan.clock()));
  }

  /**
   * Returns the query as data, for runtimes.
   *
   * @return what {@link #start} hands over
   */
  public QueryPlan plan() {
    return plan;
  }

  /**
   * Starts the query, or resumes it where its journal ends.
   *
   * <p><b>Failure</b> What can be checked before any epoch is checked here; source, sink and
   * journal are opened in the background, and a failure there ends the query with a {@link
   * StreamingQueryException}; so does a state in the journal that the state class has become unable
   * to read.
   *
   * @return a handle on the running query
   * @throws IllegalStateException if a query of that name runs already, or the pipeline can only be
   *     run as a batch
   * @throws SerializationException if Jackson can't write or read the state or key class
   */
  public StreamingQuery start() {
    pipeline.upstream().operators().stream()
        .filter(operator -> operator.function() instanceof WholeGroups)
        .findFirst()
        .ifPresent(operator -> refuseToStart(operator.kind()));
    return pipeline.starter().start(plan);
  }

  /**
   * Runs the query once over all input that is there, and returns when the rows are at the sink.
   *
   * <p>A batch has no journal, resumes nothing and leaves nothing: a running query of the same name
   * is none of its business. Trigger and {@link #maxEventsPerEpoch} are ignored.
   *
   * <p><b>Order</b> Each group is called exactly once, with all its events in source order and
   * without a state, unless it has an initial one. All rows go to the sink as one epoch, after the
   * dead letters.
   *
   * <p><b>Time</b> The processing time is that of the start. There is no watermark: no event is
   * late, {@code currentWatermark} is not supported, {@code hasTimedOut} is always false. Setting
   * state or timeout checks the argument and has no other effect.
   *
   * <p><b>Failure</b> Nothing reaches the sink unless all groups have been called. A batch that
   * failed is run again from the beginning. To the sink every batch is a query of its own, so a
   * file sink refuses a directory that has files of an earlier one, as Spark does by default.
   *
   * <p><b>Cost</b> Holds all events that reach a group, and all rows, in memory. Everything runs on
   * the calling thread.
   *
   * @return what was done
   * @throws InterruptedException if the thread is interrupted; nothing has reached the sink then
   * @throws StreamingQueryException if the batch fails
   * @throws IllegalStateException if {@link #onError} was given another policy than to fail
   * @throws SerializationException if Jackson can't write or read the state or key class
   */
  public BatchReport runBatch() throws InterruptedException {
    if (plan.errorPolicy().action() != ErrorPolicy.Action.FAIL
        || plan.errorPolicy().retries() > 0) {
      throw new IllegalStateException(
          "Query [%s] must have no onError but fail() to be run as a batch, has [%s]; a batch leaves nothing behind when it fails, run it again"
              .formatted(plan.name(), plan.errorPolicy()));
    }
    return pipeline.starter().runBatch(trigger(Trigger.once()).plan);
  }

  private void refuseToStart(String operator) {
    throw new IllegalStateException(
        "Query [%s] can't be started: %s needs all events of a key at once, which a stream never has; call runBatch(), or use %sWithState"
            .formatted(pipeline.name(), operator, operator));
  }

  private QueryBuilder copy(
      ErrorPolicy errorPolicy,
      Optional<RowSink<? super DeadLetter>> deadLetters,
      Optional<RowSink<? super LateEvent>> lateEvents,
      Trigger trigger,
      OptionalLong maxEventsPerEpoch,
      Optional<QueryClock> clock) {
    QueryPlan changed =
        new QueryPlan(
            plan.name(),
            plan.upstream(),
            plan.sink(),
            errorPolicy,
            deadLetters,
            lateEvents,
            trigger,
            plan.watermarkPolicy(),
            maxEventsPerEpoch,
            clock);
    return new QueryBuilder(pipeline, changed);
  }

  private static IllegalArgumentException refused(String allowed, OutputMode mode, String why) {
    return new IllegalArgumentException(
        "mode must be %s for this query, was [%s]: %s".formatted(allowed, mode, why));
  }
}
