package io.vellamo.actors.io;

import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.EventChunk;
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
import org.jspecify.annotations.Nullable;

/**
 * A Pekko stream that reads planned epochs, or shares of their ranges, and routes their events: one
 * for the life of a query or of a reader.
 *
 * <p>The stream itself runs on the control dispatcher. It calls the source on the source's thread
 * and the stages before the first group on the query's function threads, a few chunks later, so
 * that user code delays nothing but its own query.
 *
 * <p><b>Order</b> Shares are read in the order of the calls, one after the other; {@link #close} at
 * any moment.
 *
 * <p><b>Failure</b> The first failure of the source or of a stage ends the share; the stream goes
 * on with the next one.
 */
final class EpochStream {
  /** The epoch that runs, the one read ahead, and those that were abandoned. */
  private static final int SHARES_IN_FLIGHT = 16;

  /** The most chunks that are read and not yet routed. */
  private static final int CHUNKS_IN_FLIGHT = 4;

  /**
   * The routing of a share, chunk by chunk.
   *
   * @param <T> the routed share
   */
  @FunctionalInterface
  interface ChunkRouting<T> {
    /** Routes the next chunk; returns the share if it is the last one, else null. */
    @Nullable T take(EventChunk chunk) throws Exception;
  }

  private final BoundedSourceQueue<Reading<?>> readings;
  private final SharedKillSwitch killSwitch;
  private volatile boolean isClosed;

  private EpochStream(BoundedSourceQueue<Reading<?>> readings, SharedKillSwitch killSwitch) {
    this.readings = readings;
    this.killSwitch = killSwitch;
  }

  /**
   * Starts a stream that waits for its first epoch.
   *
   * @param dispatcher runs the stream itself
   * @param sources the query's source, which must be open by the first call, and its threads
   * @param description describes the source
   */
  static EpochStream start(
      ActorSystem<?> system, String dispatcher, SourceCalls sources, String description) {
    SharedKillSwitch killSwitch = KillSwitches.shared("vellamo-epochs");
    Stages stages = new Stages(sources, "reading " + description);
    BoundedSourceQueue<Reading<?>> readings =
        Source.<Reading<?>>queue(SHARES_IN_FLIGHT)
            .flatMapConcat(stages::read)
            .buffer(CHUNKS_IN_FLIGHT, OverflowStrategy.backpressure())
            .mapAsync(1, stages::route)
            // Downstream of the calls: one that never returns must not hold up the stream's end.
            .via(killSwitch.flow())
            .mapConcat(outcome -> outcome)
            .to(Sink.foreach(Runnable::run))
            .withAttributes(ActorAttributes.dispatcher(dispatcher))
            .run(system);
    return new EpochStream(readings, killSwitch);
  }

  /**
   * Reads and routes a share, after those before it; abandons it if the stream is closed.
   *
   * @param routing routes its chunks
   * @param onRead takes the routed share; must not wait
   * @param onFailure takes the first failure, instead; must not wait
   */
  <T> void run(
      EpochShare share,
      ChunkRouting<T> routing,
      Consumer<T> onRead,
      Consumer<Throwable> onFailure) {
    QueueOfferResult result = readings.offer(new Reading<>(share, routing, onRead, onFailure));
    // The parent of a query closes the stream when it stops the query, so the coordinator may not
    // have been told yet.
    if (!result.isEnqueued() && !isClosed) {
      throw new IllegalStateException(
          "The epoch stream must take epoch [%d], answered [%s]"
              .formatted(share.plan().epoch(), result));
    }
  }

  /** Ends the stream; an epoch that is not routed yet is abandoned. */
  void close() {
    isClosed = true;
    killSwitch.shutdown();
  }

  /**
   * An attempt to read a share.
   *
   * @param <T> the routed share
   */
  private static final class Reading<T> {
    private final EpochShare share;
    private final ChunkRouting<T> routing;
    private final Consumer<T> onRead;
    private final Consumer<Throwable> onFailure;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    Reading(
        EpochShare share,
        ChunkRouting<T> routing,
        Consumer<T> onRead,
        Consumer<Throwable> onFailure) {
      this.share = share;
      this.routing = routing;
      this.onRead = onRead;
      this.onFailure = onFailure;
    }

    /** Routes a chunk; returns what tells that the share was read, if it is the last one. */
    List<Runnable> route(EventChunk chunk) throws Exception {
      if (hasFailed.get()) {
        return List.of();
      }
      T routed = routing.take(chunk);
      return routed == null ? List.of() : List.of(() -> onRead.accept(routed));
    }

    void fail(Throwable failure) {
      if (hasFailed.compareAndSet(false, true)) {
        onFailure.accept(Failures.unwrap(failure));
      }
    }
  }

  /** A chunk of a share's events. */
  private record Piece(Reading<?> reading, EventChunk chunk) {}

  /** The asynchronous calls of the stream. */
  private static final class Stages {
    private final SourceCalls sources;
    private final String description;

    Stages(SourceCalls sources, String description) {
      this.sources = sources;
      this.description = description;
    }

    Source<Piece, NotUsed> read(Reading<?> reading) {
      return Source.unfoldAsync(
          Optional.<Iterator<EventChunk>>empty(),
          chunks ->
              sources
                  .thread()
                  .call(description, () -> next(reading, chunks))
                  .exceptionally(
                      failure -> {
                        reading.fail(failure);
                        return Optional.empty();
                      }));
    }

    private Optional<Pair<Optional<Iterator<EventChunk>>, Piece>> next(
        Reading<?> reading, Optional<Iterator<EventChunk>> begun) {
      Iterator<EventChunk> chunks = begun.orElseGet(() -> sources.opened().chunks(reading.share));
      return chunks.hasNext() && !reading.hasFailed.get()
          ? Optional.of(Pair.create(Optional.of(chunks), new Piece(reading, chunks.next())))
          : Optional.empty();
    }

    CompletionStage<List<Runnable>> route(Piece piece) {
      return sources
          .callFunctions(
              "the stages before the first group", () -> piece.reading.route(piece.chunk))
          .exceptionally(
              failure -> {
                piece.reading.fail(failure);
                return List.of();
              });
    }
  }
}
