package io.vellamo.actors;

import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.EpochReading;
import io.vellamo.engine.io.EventChunk;
import io.vellamo.engine.pipeline.RoutedEpoch;
import java.util.Iterator;
import java.util.List;
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

  /** The asynchronous calls of the stream, whose failures end it. */
  private static final class Stages {
    private final QueryResources resources;
    private final String reading;
    private final EpochReading routing;
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
      this.routing = new EpochReading(spec.query(), shards, spec.plan().errorPolicy());
      this.killSwitch = killSwitch;
      this.onFailure = onFailure;
    }

    Source<EventChunk, NotUsed> read(EpochPlan plan) {
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

    private Optional<Pair<Optional<Iterator<EventChunk>>, EventChunk>> next(
        EpochPlan plan, Optional<Iterator<EventChunk>> begun) {
      Iterator<EventChunk> chunks = begun.orElseGet(() -> resources.openSource().chunks(plan));
      return chunks.hasNext()
          ? Optional.of(Pair.create(Optional.of(chunks), chunks.next()))
          : Optional.empty();
    }

    CompletionStage<List<RoutedEpoch>> route(EventChunk chunk) {
      return resources
          .callFunctions("the stages before the first group", () -> routed(chunk))
          .exceptionally(
              failure -> {
                fail(failure);
                return List.of();
              });
    }

    private List<RoutedEpoch> routed(EventChunk chunk) {
      RoutedEpoch routed = routing.take(chunk);
      return routed == null ? List.of() : List.of(routed);
    }

    private void fail(Throwable failure) {
      if (hasFailed.compareAndSet(false, true)) {
        killSwitch.shutdown();
        onFailure.accept(Failures.unwrap(failure));
      }
    }
  }
}
