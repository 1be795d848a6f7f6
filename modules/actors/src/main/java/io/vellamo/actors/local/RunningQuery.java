package io.vellamo.actors.local;

import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.RequestQueue;
import io.vellamo.actors.query.UserRequest;
import io.vellamo.actors.settings.VellamoSettings;
import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.GroupPage;
import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.engine.live.LiveState;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.query.ParkTarget;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.persistence.codec.GroupJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The handle of a query that users hold. It reads the monitor and sends requests to the run. */
final class RunningQuery implements StreamingQuery {
  /** Practically forever, yet short enough to be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private static final String PARKED = "for parked groups";

  private final QueryMonitor monitor;
  private final DeliveryGuarantee guarantee;
  private final PreparedQuery query;
  private final List<String> runtime;
  private final RunControl control;
  private final RequestQueue requests;
  private final VellamoSettings settings;
  private final Executor callbacks;
  private final LiveState live;

  /**
   * Creates the handle of a query that was started.
   *
   * @param runtime the lines that describe how it runs
   * @param callbacks runs users' callbacks
   */
  RunningQuery(
      QueryMonitor monitor,
      DeliveryGuarantee guarantee,
      PreparedQuery query,
      List<String> runtime,
      RunControl control,
      RequestQueue requests,
      VellamoSettings settings,
      Executor callbacks) {
    this.monitor = monitor;
    this.guarantee = guarantee;
    this.query = query;
    this.runtime = List.copyOf(runtime);
    this.control = control;
    this.requests = requests;
    this.settings = settings;
    this.callbacks = callbacks;
    this.live = new LiveState(query, GroupJson.INSTANCE, request -> ask("for groups", request));
  }

  QueryMonitor monitor() {
    return monitor;
  }

  @Override
  public UUID id() {
    return monitor.id().join();
  }

  @Override
  public UUID runId() {
    return monitor.runId();
  }

  @Override
  public String name() {
    return monitor.name();
  }

  @Override
  public boolean isActive() {
    return !monitor.terminated().isDone();
  }

  @Override
  public DeliveryGuarantee guarantee() {
    return guarantee;
  }

  @Override
  public String explain() {
    List<String> lines = new ArrayList<>();
    lines.add(query.explanation());
    lines.addAll(runtime);
    return String.join("\n", lines);
  }

  @Override
  public StreamingQueryStatus status() {
    return monitor.status();
  }

  @Override
  public Optional<StreamingQueryProgress> lastProgress() {
    List<StreamingQueryProgress> recent = monitor.recent();
    return recent.isEmpty() ? Optional.empty() : Optional.of(recent.get(recent.size() - 1));
  }

  @Override
  public List<StreamingQueryProgress> recentProgress() {
    return monitor.recent();
  }

  @Override
  public Optional<WatermarkReport> watermark() {
    return monitor.observations().watermark();
  }

  @Override
  public QueryHealth health() {
    return monitor.health();
  }

  @Override
  public List<HotKeys> hotKeys() {
    return monitor.observations().hotKeys();
  }

  @Override
  public Map<String, List<ShardProgress>> shards() {
    return monitor.observations().shards();
  }

  @Override
  public CompletionStage<Optional<CommittedGroup>> state(@Nullable Object key) {
    return live.state(key);
  }

  @Override
  public CompletionStage<Optional<CommittedGroup>> state(String operator, @Nullable Object key) {
    return live.state(operator, key);
  }

  @Override
  public CompletionStage<GroupPage> groups(String operator, int limit) {
    return live.groups(operator, limit);
  }

  @Override
  public CompletionStage<GroupPage> groups(String operator, String after, int limit) {
    return live.groups(operator, after, limit);
  }

  @Override
  public CompletionStage<List<ParkedGroup>> parkedGroups() {
    return ask(PARKED, QueryRequest.ListParked::new);
  }

  @Override
  public CompletionStage<Boolean> redrive(@Nullable Object key) {
    return request(ParkTarget.of(query, key), ParkRequest.Kind.REDRIVE);
  }

  @Override
  public CompletionStage<Boolean> redrive(String operator, @Nullable Object key) {
    return request(ParkTarget.of(query, operator, key), ParkRequest.Kind.REDRIVE);
  }

  @Override
  public CompletionStage<Boolean> release(@Nullable Object key) {
    return request(ParkTarget.of(query, key), ParkRequest.Kind.RELEASE);
  }

  @Override
  public CompletionStage<Boolean> release(String operator, @Nullable Object key) {
    return request(ParkTarget.of(query, operator, key), ParkRequest.Kind.RELEASE);
  }

  @Override
  public void processAllAvailable() throws InterruptedException {
    CompletableFuture<Boolean> settled = new CompletableFuture<>();
    IllegalStateException refusal = offer(QueryRequest.Settle::new, settled);
    if (refusal != null) {
      throw refusal;
    }
    await(CompletableFuture.anyOf(settled, monitor.terminated()));
    if (monitor.terminated().isDone()) {
      await(monitor.terminated());
    }
  }

  @Override
  public CompletionStage<Void> whenIdle() {
    CompletableFuture<Boolean> idle = new CompletableFuture<>();
    IllegalStateException refusal = offer(QueryRequest.AwaitIdle::new, idle);
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    return CompletableFuture.anyOf(idle, monitor.terminated()).thenAcceptAsync(ok -> {}, callbacks);
  }

  @Override
  public void awaitTermination() throws InterruptedException {
    await(monitor.terminated());
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    try {
      return BoundedWait.await(monitor.terminated(), timeout, "awaitTermination()");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  @Override
  public CompletionStage<Void> whenTerminated() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompletionStage<Void> known = monitor.terminated();
    known.whenCompleteAsync(
        (ok, failure) -> {
          if (failure == null) {
            ended.complete(null);
          } else {
            ended.completeExceptionally(failure);
          }
        },
        callbacks);
    return ended;
  }

  @Override
  public void stop() throws InterruptedException {
    stop(settings.stopTimeout());
  }

  @Override
  public void stop(Duration timeout) throws InterruptedException {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was [%s]".formatted(timeout));
    }
    Duration bounded = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    control.stop(bounded);
    try {
      monitor.terminated().get();
    } catch (ExecutionException e) {
      if (monitor.isGivenUp()) {
        throw failure(e);
      }
      // It has ended, by a failure of its own; exception() tells which.
    }
  }

  @Override
  public Optional<StreamingQueryException> exception() {
    return isActive() ? Optional.empty() : monitor.failure();
  }

  private CompletionStage<Boolean> request(List<ParkTarget> targets, ParkRequest.Kind kind) {
    CompletionStage<Boolean> any = CompletableFuture.completedStage(false);
    for (ParkTarget target : targets) {
      CompletionStage<Boolean> found =
          ask(PARKED, id -> new QueryRequest.Park(id, target.operator(), target.key(), kind));
      any = any.thenCombine(found, Boolean::logicalOr);
    }
    return any;
  }

  private <T> CompletionStage<T> ask(String what, LongFunction<QueryRequest> request) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    IllegalStateException refusal = offer(request, answer);
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    return CompletableFuture.anyOf(answer, monitor.terminated())
        .handleAsync(
            (ok, failure) -> {
              if (answer.isDone()) {
                return answer.join();
              }
              throw new IllegalStateException(
                  "Query [%s] must run to be asked %s, it has ended; start it again"
                      .formatted(name(), what),
                  failure);
            },
            callbacks);
  }

  /** Passes a request to the query; returns why it was refused, or null if it was not. */
  private @Nullable IllegalStateException offer(
      LongFunction<QueryRequest> request, CompletableFuture<?> answer) {
    RequestQueue.Offer offer = requests.offer(new UserRequest<>(request, answer));
    if (offer == RequestQueue.Offer.FULL) {
      return new IllegalStateException(
          "Query [%s] must not be asked for more while [%d] requests wait; wait for answers, or raise vellamo.query.max-pending-requests"
              .formatted(name(), settings.maxPendingRequests()));
    }
    if (offer == RequestQueue.Offer.FIRST) {
      control.requested();
    }
    return null;
  }

  private void await(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private StreamingQueryException failure(ExecutionException e) {
    return monitor.failure().orElseThrow(() -> new AssertionError("ended without a reason", e));
  }
}
