package io.vellamo.actors;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.io.EventChunk;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.RoutedEpoch;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * A Pekko stream that reads planned epochs and routes their events: one for the life of a query.
 *
 * <p>The stream itself runs on the control dispatcher. It calls the source on the source's thread
 * and the stages before the first group on the query's function threads, a few chunks later, so
 * that user code delays nothing but its own query.
 *
 * <p><b>Order</b> One epoch at a time; {@link #close} at any moment.
 *
 * <p><b>Failure</b> The first failure of the source or of a stage ends the stream.
 */
final class EpochStream {
  /** One epoch is read at a time. */
  private static final int PLANS_IN_FLIGHT = 1;

  /** The most chunks that are read and not yet routed. */
  private static final int CHUNKS_IN_FLIGHT = 4;

  private final BoundedSourceQueue<EpochPlan> plans;
  private final SharedKillSwitch killSwitch;

  private EpochStream(BoundedSourceQueue<EpochPlan> plans, SharedKillSwitch killSwitch) {
    this.plans = plans;
    this.killSwitch = killSwitch;
  }

  /**
   * Starts a stream that waits for its first epoch.
   *
   * @param resources the query's open source, and its threads
   * @param spec the query
   * @param shards the number of shards of each operator
   * @param onRouted takes each epoch
   * @param onFailure takes the cause if the stream fails
   */
  static EpochStream start(
      ActorSystem<?> system,
      QueryResources resources,
      QuerySpec spec,
      int shards,
      Consumer<RoutedEpoch> onRouted,
      Consumer<Throwable> onFailure) {
    SharedKillSwitch killSwitch = KillSwitches.shared("vellamo-epochs");
    Stages stages = new Stages(resources, spec, shards, killSwitch, onFailure);
    BoundedSourceQueue<EpochPlan> plans =
        Source.<EpochPlan>queue(PLANS_IN_FLIGHT)
            .flatMapConcat(stages::read)
            .buffer(CHUNKS_IN_FLIGHT, OverflowStrategy.backpressure())
            .mapAsync(1, stages::route)
            // Downstream of the calls: one that never returns must not hold up the stream's end.
            .via(killSwitch.flow())
            .mapConcat(routed -> routed)
            .to(Sink.foreach(onRouted::accept))
            .withAttributes(ActorAttributes.dispatcher(spec.settings().controlDispatcher()))
            .run(system);
    return new EpochStream(plans, killSwitch);
  }

  /** Reads and routes an epoch; the preceding one must have been routed. */
  void run(EpochPlan plan) {
    QueueOfferResult result = plans.offer(plan);
    if (!result.isEnqueued()) {
      throw new IllegalStateException(
          "The epoch stream must take epoch [%d], answered [%s]".formatted(plan.epoch(), result));
    }
  }

  /** Ends the stream; an epoch that is not routed yet is abandoned. */
  void close() {
    killSwitch.shutdown();
  }

  /** A chunk of an epoch's events. */
  private record Piece(EpochPlan plan, EventChunk chunk) {}

  /** The asynchronous calls of the stream, whose failures end it. */
  private static final class Stages {
    private final QueryResources resources;
    private final String reading;
    private final Routing routing;
    private final SharedKillSwitch killSwitch;
    private final Consumer<Throwable> onFailure;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    Stages(
        QueryResources resources,
        QuerySpec spec,
        int shards,
        SharedKillSwitch killSwitch,
        Consumer<Throwable> onFailure) {
      this.resources = resources;
      this.reading = "reading " + spec.sourceDescription();
      this.routing = new Routing(spec, shards);
      this.killSwitch = killSwitch;
      this.onFailure = onFailure;
    }

    Source<Piece, NotUsed> read(EpochPlan plan) {
      return Source.unfoldAsync(
          Optional.<Iterator<EventChunk>>empty(),
          chunks ->
              resources
                  .sourceThread()
                  .call(reading, () -> next(plan, chunks))
                  .exceptionally(
                      failure -> {
                        fail(failure);
                        return Optional.empty();
                      }));
    }

    private Optional<Pair<Optional<Iterator<EventChunk>>, Piece>> next(
        EpochPlan plan, Optional<Iterator<EventChunk>> begun) {
      Iterator<EventChunk> chunks = begun.orElseGet(() -> resources.openSource().chunks(plan));
      return chunks.hasNext()
          ? Optional.of(Pair.create(Optional.of(chunks), new Piece(plan, chunks.next())))
          : Optional.empty();
    }

    CompletionStage<List<RoutedEpoch>> route(Piece piece) {
      return resources
          .callFunctions("the stages before the first group", () -> routing.take(piece))
          .exceptionally(
              failure -> {
                fail(failure);
                return List.of();
              });
    }

    private void fail(Throwable failure) {
      if (hasFailed.compareAndSet(false, true)) {
        killSwitch.shutdown();
        onFailure.accept(Failures.unwrap(failure));
      }
    }
  }

  /** The routing of an epoch, chunk by chunk; used by one thread at a time. */
  private static final class Routing {
    private final CompiledQuery query;
    private final List<KeyCodec> keyCodecs;
    private final int shards;
    private final ErrorPolicy errorPolicy;
    private final EventCopies copies;
    private @Nullable EpochRouter router;

    Routing(QuerySpec spec, int shards) {
      this.query = spec.compiled();
      this.keyCodecs = spec.keyCodecs();
      this.shards = shards;
      this.errorPolicy = spec.plan().errorPolicy();
      this.copies = spec.eventCopies();
    }

    /** Routes a chunk; returns the epoch if it is the last one. */
    List<RoutedEpoch> take(Piece piece) {
      if (router == null) {
        router = new EpochRouter(query, keyCodecs, shards, piece.plan, errorPolicy, copies);
      }
      EpochRouter current = Objects.requireNonNull(router);
      piece.chunk.routeTo(current);
      if (!piece.chunk.isLast()) {
        return List.of();
      }
      router = null;
      return List.of(current.finish());
    }
  }
}
