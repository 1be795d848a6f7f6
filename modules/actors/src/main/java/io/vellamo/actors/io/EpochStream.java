package io.vellamo.actors.io;

import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.EpochReading;
import io.vellamo.engine.io.EventChunk;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedEpoch;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * <p><b>Order</b> Epochs are read in the order of the calls, one after the other; {@link #close} at
 * any moment.
 *
 * <p><b>Failure</b> The first failure of the source or of a stage ends the epoch; the stream goes
 * on with the next one.
 */
final class EpochStream {
  /** The epoch that runs, the one read ahead, and those that were abandoned. */
  private static final int PLANS_IN_FLIGHT = 16;

  /** The most chunks that are read and not yet routed. */
  private static final int CHUNKS_IN_FLIGHT = 4;

  private final BoundedSourceQueue<Reading> readings;
  private final SharedKillSwitch killSwitch;
  private final PreparedQuery query;
  private final int shards;
  private volatile boolean isClosed;

  private EpochStream(
      BoundedSourceQueue<Reading> readings,
      SharedKillSwitch killSwitch,
      PreparedQuery query,
      int shards) {
    this.readings = readings;
    this.killSwitch = killSwitch;
    this.query = query;
    this.shards = shards;
  }

  /**
   * Starts a stream that waits for its first epoch.
   *
   * @param dispatcher runs the stream itself
   * @param resources the query's open source, and its threads
   * @param query the query
   * @param shards the number of shards of each operator
   * @param observer takes each epoch
   */
  static EpochStream start(
      ActorSystem<?> system,
      String dispatcher,
      QueryResources resources,
      PreparedQuery query,
      int shards,
      IoObserver observer) {
    SharedKillSwitch killSwitch = KillSwitches.shared("vellamo-epochs");
    Stages stages = new Stages(resources, query, observer);
    BoundedSourceQueue<Reading> readings =
        Source.<Reading>queue(PLANS_IN_FLIGHT)
            .flatMapConcat(stages::read)
            .buffer(CHUNKS_IN_FLIGHT, OverflowStrategy.backpressure())
            .mapAsync(1, stages::route)
            // Downstream of the calls: one that never returns must not hold up the stream's end.
            .via(killSwitch.flow())
            .mapConcat(routed -> routed)
            .to(Sink.foreach(routed -> observer.routed(routed.epoch, routed.attempt)))
            .withAttributes(ActorAttributes.dispatcher(dispatcher))
            .run(system);
    return new EpochStream(readings, killSwitch, query, shards);
  }

  /** Reads and routes an epoch, after those before it; abandons it if the stream is closed. */
  void run(EpochPlan plan, long attempt, boolean keepsEvents) {
    EpochReading routing = new EpochReading(query, shards, query.plan().errorPolicy(), keepsEvents);
    QueueOfferResult result = readings.offer(new Reading(plan, attempt, routing));
    // The parent of a query closes the stream when it stops the query, so the coordinator may not
    // have been told yet.
    if (!result.isEnqueued() && !isClosed) {
      throw new IllegalStateException(
          "The epoch stream must take epoch [%d], answered [%s]".formatted(plan.epoch(), result));
    }
  }

  /** Ends the stream; an epoch that is not routed yet is abandoned. */
  void close() {
    isClosed = true;
    killSwitch.shutdown();
  }

  /** An attempt to read an epoch. */
  private static final class Reading {
    private final EpochPlan plan;
    private final long attempt;
    private final EpochReading routing;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    Reading(EpochPlan plan, long attempt, EpochReading routing) {
      this.plan = plan;
      this.attempt = attempt;
      this.routing = routing;
    }
  }

  /** A chunk of an epoch's events. */
  private record Piece(Reading reading, EventChunk chunk) {}

  /** An epoch that has been read. */
  private record Routed(RoutedEpoch epoch, long attempt) {}

  /** The asynchronous calls of the stream. */
  private static final class Stages {
    private final QueryResources resources;
    private final String description;
    private final IoObserver observer;

    Stages(QueryResources resources, PreparedQuery query, IoObserver observer) {
      this.resources = resources;
      this.description = "reading " + query.sourceDescription();
      this.observer = observer;
    }

    Source<Piece, NotUsed> read(Reading reading) {
      return Source.unfoldAsync(
          Optional.<Iterator<EventChunk>>empty(),
          chunks ->
              resources
                  .sourceThread()
                  .call(description, () -> next(reading, chunks))
                  .exceptionally(
                      failure -> {
                        fail(reading, failure);
                        return Optional.empty();
                      }));
    }

    private Optional<Pair<Optional<Iterator<EventChunk>>, Piece>> next(
        Reading reading, Optional<Iterator<EventChunk>> begun) {
      Iterator<EventChunk> chunks =
          begun.orElseGet(() -> resources.openSource().chunks(reading.plan));
      return chunks.hasNext() && !reading.hasFailed.get()
          ? Optional.of(Pair.create(Optional.of(chunks), new Piece(reading, chunks.next())))
          : Optional.empty();
    }

    CompletionStage<List<Routed>> route(Piece piece) {
      Reading reading = piece.reading;
      return resources
          .callFunctions("the stages before the first group", () -> routed(reading, piece.chunk))
          .exceptionally(
              failure -> {
                fail(reading, failure);
                return List.of();
              });
    }

    private static List<Routed> routed(Reading reading, EventChunk chunk) {
      if (reading.hasFailed.get()) {
        return List.of();
      }
      RoutedEpoch epoch = reading.routing.take(chunk);
      return epoch == null ? List.of() : List.of(new Routed(epoch, reading.attempt));
    }

    private void fail(Reading reading, Throwable failure) {
      if (reading.hasFailed.compareAndSet(false, true)) {
        observer.readFailed(reading.plan.epoch(), reading.attempt, Failures.unwrap(failure));
      }
    }
  }
}
