package io.vellamo.testkit;

import io.vellamo.api.query.CommittedGroup;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.GroupPage;
import io.vellamo.api.query.HostedShards;
import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.engine.live.LiveState;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.InOrder;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.MemoryJournal;
import io.vellamo.engine.observe.HealthLimits;
import io.vellamo.engine.observe.QueryObservations;
import io.vellamo.engine.protocol.query.ParkTarget;
import io.vellamo.engine.protocol.query.QueryFailure;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.protocol.query.QuerySetup;
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
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run of a query that happens on the thread of its user: each method returns when nothing more
 * happens by itself, so none waits.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class HarnessQuery implements StreamingQuery {
  /** The defaults of the configuration. */
  private static final HealthLimits HEALTH =
      new HealthLimits(Duration.ofSeconds(60), Duration.ofSeconds(300));

  /** More epochs than a test needs between two actions. */
  private static final int MOST_EPOCHS = 20_000;

  private static final String PARKED = "for parked groups";

  private final LocalQuery query;
  private final UUID runId;
  private final InOrder effects;
  private final LocalRun run;
  private final ProgressSums sums;
  private final DeliveryGuarantee guarantee;
  private final LiveState live;
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();
  private final List<StreamingQueryProgress> progress = new ArrayList<>();
  private StreamingQueryStatus status =
      new StreamingQueryStatus("Reading the journal", false, false);
  private final QueryObservations observations;
  private Optional<StreamingQueryException> failure = Optional.empty();
  private UUID id = new UUID(0, 0);
  private boolean isHappening;

  /** Creates a run that has not begun. */
  HarnessQuery(LocalQuery query, QuerySetup setup, MemoryJournal journal, ProgressSums sums) {
    this.query = query;
    this.runId = setup.runId();
    this.sums = sums;
    this.guarantee = query.prepared().guarantee();
    this.live =
        new LiveState(query.prepared(), GroupJson.INSTANCE, request -> ask("for groups", request));
    this.observations = new QueryObservations(HEALTH, query.clock().monotonicMillis());
    this.effects = new InOrder(query.clock());
    this.run =
        new LocalRun(
            query,
            setup,
            "run %d of query [%s]".formatted(runId.getLeastSignificantBits(), setup.name()),
            journal,
            effects,
            EffectFilter.NONE);
    run.observe(this::tell);
  }

  /** Returns whether it emits the whole result in every epoch. */
  boolean emitsWholeResult() {
    return query.prepared().compiled().outputMode() == OutputMode.COMPLETE;
  }

  /** Begins the run, without letting anything happen. */
  void begin() {
    run.start();
  }

  /**
   * Lets everything happen that happens by itself, epochs without data included.
   *
   * @throws StreamingQueryException if the query has failed
   */
  void settle() {
    whenIdle();
    throwIfFailed();
  }

  private void happen() {
    if (isHappening) {
      // Called by user code; the call under way goes on with it.
      return;
    }
    isHappening = true;
    int before = progress.size();
    try {
      while (effects.runNext()) {
        requireEnd(progress.size() - before);
      }
    } finally {
      isHappening = false;
    }
    if (run.isEnded() && !terminated.isDone()) {
      end();
    }
  }

  private void requireEnd(int epochs) {
    if (epochs > MOST_EPOCHS) {
      throw new AssertionError(
          "the query must rest between two actions of a test, has run [%d] epochs since the last; use a source that ends, or fewer events at a time"
              .formatted(epochs));
    }
  }

  private void end() {
    QueryFailure known = run.failure();
    if (known == null) {
      status = new StreamingQueryStatus("Stopped", false, false);
      terminated.complete(null);
      return;
    }
    StreamingQueryException exception =
        new StreamingQueryException(name(), known.epoch(), known.message(), run.exception());
    failure = Optional.of(exception);
    String message = "Terminated with exception: " + exception.getMessage();
    status = new StreamingQueryStatus(message, false, false);
    terminated.completeExceptionally(exception);
  }

  private void tell(QueryNews news) {
    observations.take(news, query.clock().monotonicMillis());
    if (news instanceof QueryNews.Status now) {
      status =
          new StreamingQueryStatus(now.message(), now.isDataAvailable(), now.isTriggerActive());
    } else if (news instanceof QueryNews.Started started) {
      id = started.id();
    } else if (news instanceof QueryNews.Progress report) {
      progress.add(report.progress());
      sums.take(report.progress());
    }
  }

  private void throwIfFailed() {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public UUID runId() {
    return runId;
  }

  @Override
  public String name() {
    return query.prepared().name();
  }

  @Override
  public boolean isActive() {
    return !terminated.isDone();
  }

  @Override
  public DeliveryGuarantee guarantee() {
    return guarantee;
  }

  @Override
  public String explain() {
    return query.prepared().explanation();
  }

  @Override
  public StreamingQueryStatus status() {
    return status;
  }

  @Override
  public Optional<StreamingQueryProgress> lastProgress() {
    return progress.isEmpty() ? Optional.empty() : Optional.of(progress.get(progress.size() - 1));
  }

  @Override
  public List<StreamingQueryProgress> recentProgress() {
    return List.copyOf(progress);
  }

  @Override
  public Optional<WatermarkReport> watermark() {
    return observations.watermark();
  }

  @Override
  public QueryHealth health() {
    return observations.health(
        status,
        terminated.isDone(),
        failure,
        query.clock().instant(),
        query.clock().monotonicMillis());
  }

  @Override
  public List<HotKeys> hotKeys() {
    return observations.hotKeys();
  }

  @Override
  public Map<String, List<ShardProgress>> shards() {
    return observations.shards();
  }

  @Override
  public CompletionStage<List<HostedShards>> hostedShards() {
    return CompletableFuture.completedStage(List.of());
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
    return request(ParkTarget.of(query.prepared(), key), ParkRequest.Kind.REDRIVE);
  }

  @Override
  public CompletionStage<Boolean> redrive(String operator, @Nullable Object key) {
    return request(ParkTarget.of(query.prepared(), operator, key), ParkRequest.Kind.REDRIVE);
  }

  @Override
  public CompletionStage<Boolean> release(@Nullable Object key) {
    return request(ParkTarget.of(query.prepared(), key), ParkRequest.Kind.RELEASE);
  }

  @Override
  public CompletionStage<Boolean> release(String operator, @Nullable Object key) {
    return request(ParkTarget.of(query.prepared(), operator, key), ParkRequest.Kind.RELEASE);
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

  private <T> CompletableFuture<T> ask(String what, LongFunction<QueryRequest> request) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    offer(request, answer);
    if (!isActive()) {
      answer.completeExceptionally(
          new IllegalStateException(
              "Query [%s] must run to be asked %s, it has ended; start it again"
                  .formatted(name(), what),
              failure.orElse(null)));
    }
    return answer;
  }

  @SuppressWarnings("unchecked") // each request has answers of one class
  private <T> void offer(LongFunction<QueryRequest> request, CompletableFuture<T> answer) {
    if (isActive()) {
      run.request(request, given -> answer.complete((T) given));
      happen();
    }
  }

  @Override
  public void processAllAvailable() {
    CompletableFuture<Boolean> settled = new CompletableFuture<>();
    offer(QueryRequest.Settle::new, settled);
    throwIfFailed();
    if (isActive() && !settled.isDone()) {
      throw new IllegalStateException(
          "Query [%s] must be able to process what is available now, was [%s]; its clock stands still in a harness, use advance(duration) instead"
              .formatted(name(), status.message()));
    }
  }

  @Override
  public CompletionStage<Void> whenIdle() {
    CompletableFuture<Boolean> idle = new CompletableFuture<>();
    offer(QueryRequest.AwaitIdle::new, idle);
    return CompletableFuture.anyOf(idle, terminated).thenAccept(ok -> {});
  }

  @Override
  public void awaitTermination() {
    throwIfFailed();
    if (isActive()) {
      throw new IllegalStateException(
          "Query [%s] must have ended to be waited for in a harness, where nothing happens meanwhile, was [%s]; stop it, or give it a trigger that ends"
              .formatted(name(), status.message()));
    }
  }

  @Override
  public boolean awaitTermination(Duration timeout) {
    throwIfFailed();
    return !isActive();
  }

  @Override
  public CompletionStage<Void> whenTerminated() {
    return terminated.copy();
  }

  @Override
  public void stop() {
    if (isActive()) {
      run.tell(new QueryInput.Stop());
      happen();
    }
  }

  @Override
  public void stop(Duration timeout) {
    stop();
  }

  @Override
  public Optional<StreamingQueryException> exception() {
    return failure;
  }
}
