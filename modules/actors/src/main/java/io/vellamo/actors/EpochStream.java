package io.vellamo.actors;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.RoutedEpoch;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitch;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Reads planned epochs and routes their events: one stream for the life of a query, so that an
 * epoch costs no materialization.
 *
 * <p>Reading blocks and has its own dispatcher; routing runs beside it, a chunk behind.
 */
final class EpochStream {
  /** One epoch is read at a time. */
  private static final int PLANS_IN_FLIGHT = 1;

  private final BoundedSourceQueue<EpochPlan> plans;
  private final KillSwitch killSwitch;

  private EpochStream(BoundedSourceQueue<EpochPlan> plans, KillSwitch killSwitch) {
    this.plans = plans;
    this.killSwitch = killSwitch;
  }

  /**
   * Starts the stream.
   *
   * @param errorPolicy what is done with an event that a stage throws for
   * @param onRouted takes each epoch
   * @param onFailure learns why the stream failed, and that it ended otherwise
   */
  static EpochStream start(
      ActorSystem<?> system,
      String blockingDispatcher,
      SourceDesk source,
      CompiledQuery query,
      List<KeyCodec> keyCodecs,
      int shards,
      ErrorPolicy errorPolicy,
      Consumer<RoutedEpoch> onRouted,
      Consumer<Throwable> onFailure) {
    Flow<EpochPlan, Piece, ?> reading =
        Flow.of(EpochPlan.class)
            .mapConcat(plan -> pieces(plan, source))
            .withAttributes(ActorAttributes.dispatcher(blockingDispatcher));
    Routing routing = new Routing(query, keyCodecs, shards, errorPolicy);
    SharedKillSwitch killSwitch = KillSwitches.shared("vellamo-epochs");
    BoundedSourceQueue<EpochPlan> plans =
        Source.<EpochPlan>queue(PLANS_IN_FLIGHT)
            .via(killSwitch.flow())
            .via(reading.async())
            .mapConcat(piece -> FatalErrors.contain(() -> routing.take(piece)))
            .watchTermination(
                (queue, done) -> {
                  done.exceptionally(
                      failure -> {
                        onFailure.accept(Failures.unwrap(failure));
                        return Done.getInstance();
                      });
                  return queue;
                })
            .toMat(Sink.foreach(onRouted::accept), Keep.left())
            .run(system);
    return new EpochStream(plans, killSwitch);
  }

  /** Reads and routes an epoch; the one before must have been routed. */
  void run(EpochPlan plan) {
    QueueOfferResult result = plans.offer(plan);
    if (!result.isEnqueued()) {
      throw new IllegalStateException(
          "The epoch stream must take epoch [%d], answered [%s]".formatted(plan.epoch(), result));
    }
  }

  /** Ends the stream; an epoch on its way is abandoned. */
  void close() {
    killSwitch.shutdown();
  }

  private static Iterable<Piece> pieces(EpochPlan plan, SourceDesk source) {
    Iterator<EventChunk> chunks = source.chunks(plan);
    return () ->
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return chunks.hasNext();
          }

          @Override
          public Piece next() {
            return FatalErrors.contain(() -> new Piece(plan, chunks.next()));
          }
        };
  }

  /** A chunk, and the epoch it belongs to. */
  private record Piece(EpochPlan plan, EventChunk chunk) {}

  /** Collects an epoch's chunks in a router; used by one thread at a time, as the stage is. */
  private static final class Routing {
    private final CompiledQuery query;
    private final List<KeyCodec> keyCodecs;
    private final int shards;
    private final ErrorPolicy errorPolicy;
    private @Nullable EpochRouter router;

    Routing(CompiledQuery query, List<KeyCodec> keyCodecs, int shards, ErrorPolicy errorPolicy) {
      this.query = query;
      this.keyCodecs = keyCodecs;
      this.shards = shards;
      this.errorPolicy = errorPolicy;
    }

    List<RoutedEpoch> take(Piece piece) {
      if (router == null) {
        router = new EpochRouter(query, keyCodecs, shards, piece.plan, errorPolicy);
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
