package io.vellamo.api;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.StatefulOperator.Trait;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.RetryPolicy;
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
 * A complete pipeline with its settings, ready to start.
 *
 * <p><b>Threading</b> Immutable: every setter returns a builder and leaves this one unchanged.
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
   * Sets the trigger, which decides when epochs start. Defaults to {@link Trigger#asap}.
   *
   * @param trigger the trigger
   * @return a builder with this setting
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
   * Checks the query's output mode. The mode follows from the pipeline; this method only verifies
   * it.
   *
   * @param mode the expected mode
   * @return this builder
   * @throws IllegalArgumentException if the pipeline's rows don't have that mode
   */
  public QueryBuilder outputMode(OutputMode mode) {
    requireNonNull(mode, "mode");
    if (pipeline.isComplete()) {
      if (mode != OutputMode.COMPLETE) {
        throw refused("COMPLETE", mode, "its aggregation emits the whole result in every epoch");
      }
      return this;
    }
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
   * Sets the reaction to a user's function that throws. Defaults to {@link ErrorPolicy#fail}. The
   * policy may change at any start; events that were dead-lettered and groups that were parked stay
   * so.
   *
   * <p>The policy applies to the functions of stateful operators and of the stages upstream of the
   * first one. A function of such a stage is never retried and parks no group: its event becomes a
   * dead letter, or the query fails. A function that throws downstream of a stateful operator fails
   * the query. So does a failure that no single event causes, such as a missing class or a state
   * that can't be read, unless the policy parks the group.
   *
   * <p>A call that throws leaves no trace, and its events may be passed to the function again: the
   * function must not modify them.
   *
   * @param policy the policy
   * @return a builder with this setting
   * @throws IllegalArgumentException if {@code policy} retries or parks, and the query has no
   *     stateful operator
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
   * Sets the sink for dead letters: source entries that are not events and, with {@link
   * ErrorPolicy#deadLetter}, events that a function failed on. By default dead letters are counted,
   * their positions, keys and reasons are logged, and they are not kept.
   *
   * @param sink receives them, epoch by epoch, before the epoch is committed
   * @return a builder with this setting
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
   * Sets the sink for late events, each with its event time and the watermark it was compared with.
   * By default late events are counted and dropped. Spark has no such output.
   *
   * @param sink receives them, epoch by epoch, before the epoch is committed
   * @return a builder with this setting
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
   * Sets the maximum number of events in an epoch, which are held in memory while it runs. By
   * default the size of epochs adapts to the time they take ({@code
   * vellamo.query.max-events-per-epoch = auto}). {@link Trigger#once} ignores it.
   *
   * @param events positive
   * @return a builder with this setting
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
   * Sets the clock of the query's processing time, for tests. Defaults to the system clock.
   *
   * @param clock the only clock that the query uses
   * @return a builder with this setting
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
   * Sets how the watermarks of several streams are combined. Defaults to {@link
   * WatermarkPolicy#MIN}. The policy is fixed by the first start of the query; later starts keep
   * it, as in Spark.
   *
   * @param policy the earliest or the latest of them
   * @return a builder with this setting
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
            plan.clock(),
            plan.retry()));
  }

  /**
   * Sets the rule by which failed calls of sources and sinks are made again; outputs of dead
   * letters and late events are sinks too. Defaults to {@code vellamo.query.retry}: a failure with
   * a {@link RetryableException} is retried for up to 10 min.
   *
   * @param policy the policy; {@link RetryPolicy#none} to let every failure end the query
   * @return a builder with this setting
   */
  public QueryBuilder retry(RetryPolicy policy) {
    return new QueryBuilder(pipeline, plan.withRetry(requireNonNull(policy, "policy")));
  }

  /** Returns the plan that {@link #start} passes to the runtime. */
  QueryPlan plan() {
    return plan;
  }

  /**
   * Starts the query, or resumes it from the end of its journal.
   *
   * <p><b>Failure</b> This method checks all that can be checked before the first epoch. Source,
   * sink and journal are opened in the background; a failure there ends the query with a {@link
   * StreamingQueryException}, as does a journaled state that the state class can no longer read.
   *
   * @return a handle to the running query
   * @throws IllegalStateException if a query of that name is already running, or the pipeline can
   *     only run as a batch
   * @throws SerializationException if Jackson can't write or read the state or key class
   */
  public StreamingQuery start() {
    pipeline.upstream().operators().stream()
        .filter(operator -> operator.has(Trait.NEEDS_ALL_EVENTS))
        .findFirst()
        .ifPresent(operator -> refuseToStart(operator.kind()));
    return pipeline.starter().start(plan);
  }

  /**
   * Runs the query once over all available input, and returns when the rows have been written to
   * the sink.
   *
   * <p>A batch has no journal: it resumes nothing, stores nothing, and does not affect a running
   * query of the same name. The trigger and {@link #maxEventsPerEpoch} are ignored.
   *
   * <p><b>Order</b> Each group is called exactly once, with all its events in source order, and
   * without state unless it has an initial state. All rows go to the sink as one epoch, after the
   * dead letters.
   *
   * <p><b>Time</b> The processing time is the time of the start. There is no watermark: no event is
   * late, {@code currentWatermark} is not supported, and {@code hasTimedOut} is always false.
   * Setting a state or timeout checks the argument and has no other effect.
   *
   * <p><b>Failure</b> {@link #onError} applies as in a stream, except that groups can't be parked,
   * that waits between retries block the calling thread, and that all events of a group become dead
   * letters if the function of {@code mapGroups} or {@code flatMapGroups} throws for it, as it
   * needs them all in one call. Nothing reaches the sink unless all groups have been called. A
   * failed batch has to be run again from the beginning. To the sink, every batch is a separate
   * query, so a file sink rejects a directory with files of an earlier batch, as Spark does by
   * default.
   *
   * <p><b>Cost</b> All events that reach a group and all rows are held in memory. Everything runs
   * on the calling thread.
   *
   * @return the report of the batch
   * @throws InterruptedException if the thread is interrupted; nothing has reached the sink then
   * @throws StreamingQueryException if the batch fails
   * @throws IllegalStateException if the policy given to {@link #onError} parks groups
   * @throws SerializationException if Jackson can't write or read the state or key class
   */
  public BatchReport runBatch() throws InterruptedException {
    if (plan.errorPolicy().action() == ErrorPolicy.Action.PARK) {
      throw new IllegalStateException(
          "Query [%s] must not park groups to be run as a batch, has [%s]; a batch leaves nothing that could be redriven, use fail() or deadLetter()"
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
            clock,
            plan.retry());
    return new QueryBuilder(pipeline, changed);
  }

  private static IllegalArgumentException refused(String allowed, OutputMode mode, String why) {
    return new IllegalArgumentException(
        "mode must be %s for this query, was [%s]: %s".formatted(allowed, mode, why));
  }
}
