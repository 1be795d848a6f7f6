package io.vellamo.actors.io;

import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.EventChunk;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  /** The most pieces that are read and not yet routed. */
  private static final int PIECES_IN_FLIGHT = 4;

  /**
   * The entries after which read chunks are handed over. Each hand-over wakes two threads, so that
   * the small chunks of several partitions are handed over together.
   */
  private static final int ENTRIES_AT_ONCE = 512;

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
            .buffer(PIECES_IN_FLIGHT, OverflowStrategy.backpressure())
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

    /** Routes chunks; returns what tells that the share was read, if the last one is among them. */
    List<Runnable> route(List<EventChunk> chunks) throws Exception {
      for (EventChunk chunk : chunks) {
        if (hasFailed.get()) {
          break;
        }
        T routed = routing.take(chunk);
        if (routed != null) {
          return List.of(() -> onRead.accept(routed));
        }
      }
      return List.of();
    }

    void fail(Throwable failure) {
      if (hasFailed.compareAndSet(false, true)) {
        onFailure.accept(Failures.unwrap(failure));
      }
    }
  }

  /** Some chunks of a share's events, at least one. */
  private record Piece(Reading<?> reading, List<EventChunk> chunks) {}

  /**
   * The progress of reading a share.
   *
   * @param chunks the chunks that follow; null if nothing has been read
   * @param isAtEnd whether none follow, so that the source's thread isn't asked for more
   */
  private record Progress(@Nullable Iterator<EventChunk> chunks, boolean isAtEnd) {
    static final Progress BEGIN = new Progress(null, false);
  }

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
          Progress.BEGIN,
          progress ->
              progress.isAtEnd()
                  ? CompletableFuture.completedFuture(Optional.empty())
                  : sources
                      .thread()
                      .call(description, () -> next(reading, progress.chunks()))
                      .exceptionally(
                          failure -> {
                            reading.fail(failure);
                            return Optional.empty();
                          }));
    }

    private Optional<Pair<Progress, Piece>> next(
        Reading<?> reading, @Nullable Iterator<EventChunk> begun) {
      Iterator<EventChunk> chunks = begun == null ? sources.opened().chunks(reading.share) : begun;
      if (reading.hasFailed.get() || !chunks.hasNext()) {
        return Optional.empty();
      }
      List<EventChunk> read = new ArrayList<>();
      int entries = 0;
      do {
        EventChunk chunk = chunks.next();
        entries += chunk.size();
        read.add(chunk);
      } while (chunks.hasNext() && entries < ENTRIES_AT_ONCE);
      Progress progress = new Progress(chunks, !chunks.hasNext());
      return Optional.of(Pair.create(progress, new Piece(reading, read)));
    }

    CompletionStage<List<Runnable>> route(Piece piece) {
      return sources
          .callFunctions(
              "the stages before the first group", () -> piece.reading.route(piece.chunks))
          .exceptionally(
              failure -> {
                piece.reading.fail(failure);
                return List.of();
              });
    }
  }
}
