package io.vellamo.actors;

import io.vellamo.engine.failure.Failures;
import io.vellamo.actors.calls.CallSlot;
import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.RoutedEpoch;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads planned epochs and routes their events: read on the source's thread, chunk by chunk, and
 * routed on the query's function threads, a few chunks later.
 *
 * <p><b>Order</b> One epoch at a time; {@link #close} at any moment.
 *
 * <p><b>Failure</b> The first failure ends the stream.
 */
final class EpochStream {
  /** How many chunks may have been read and not yet routed. */
  private static final int CHUNKS_IN_FLIGHT = 4;

  private static final String ROUTING = "the stages before the first group";

  private final SerialThread reading;
  private final Executor functions;
  private final UserCalls calls;
  private final SourceDesk source;
  private final String description;
  private final Routing routing;
  private final Consumer<RoutedEpoch> onRouted;
  private final Consumer<Throwable> onFailure;

  private final AtomicBoolean ended = new AtomicBoolean();
  private final Semaphore room = new Semaphore(CHUNKS_IN_FLIGHT);
  private final Queue<Piece> read = new ConcurrentLinkedQueue<>();
  // Whoever makes it 1 routes, until it is 0 again.
  private final AtomicInteger unrouted = new AtomicInteger();

  /**
   * Creates a stream that reads nothing yet.
   *
   * @param resources the query's open source, and its threads
   * @param description the source in words
   * @param errorPolicy what is done with an event that a stage throws for
   * @param onRouted takes each epoch
   * @param onFailure learns why the stream failed
   */
  EpochStream(
      QueryResources resources,
      String description,
      CompiledQuery query,
      List<KeyCodec> keyCodecs,
      int shards,
      ErrorPolicy errorPolicy,
      Consumer<RoutedEpoch> onRouted,
      Consumer<Throwable> onFailure) {
    this.reading = resources.sourceThread();
    this.functions = resources.functions();
    this.calls = resources.calls();
    this.source = resources.openSource();
    this.description = description;
    this.routing = new Routing(query, keyCodecs, shards, errorPolicy);
    this.onRouted = onRouted;
    this.onFailure = onFailure;
  }

  /** Reads and routes an epoch; the one before must have been routed. */
  void run(EpochPlan plan) {
    CompletionStage<EpochPlan> done = reading.call("reading " + description, () -> read(plan));
    done.whenComplete(
        (ok, failure) -> {
          if (failure != null) {
            fail(Failures.unwrap(failure));
          }
        });
  }

  /** Ends the stream; an epoch on its way is abandoned. */
  void close() {
    ended.set(true);
    // A reader that waits for room finds that the stream has ended.
    room.release();
  }

  private EpochPlan read(EpochPlan plan) throws InterruptedException {
    Iterator<EventChunk> chunks = source.chunks(plan);
    while (!ended.get() && chunks.hasNext()) {
      Piece piece = new Piece(plan, chunks.next());
      room.acquire();
      read.add(piece);
      if (unrouted.getAndIncrement() == 0) {
        functions.execute(this::route);
      }
    }
    return plan;
  }

  private void route() {
    CallSlot slot = calls.slot();
    if (!slot.enter(each -> ROUTING)) {
      return;
    }
    try {
      do {
        Piece piece = Objects.requireNonNull(read.poll(), "piece");
        room.release();
        slot.begin(piece);
        RoutedEpoch routed;
        try {
          routed = ended.get() ? null : routing.take(piece);
        } finally {
          slot.end();
        }
        if (routed != null) {
          onRouted.accept(routed);
        }
      } while (unrouted.decrementAndGet() > 0);
    } catch (Exception | Error e) {
      // Whatever it is, out of memory too: the query ends with it.
      fail(e);
    } finally {
      slot.exit();
    }
  }

  private void fail(Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      room.release();
      onFailure.accept(failure);
    }
  }

  /** A chunk, and the epoch it belongs to. */
  private record Piece(EpochPlan plan, EventChunk chunk) {}

  /** Collects an epoch's chunks in a router; used by one thread at a time. */
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

    /** Routes a chunk; returns the epoch if it is the last one. */
    @Nullable RoutedEpoch take(Piece piece) {
      if (router == null) {
        router = new EpochRouter(query, keyCodecs, shards, piece.plan, errorPolicy);
      }
      EpochRouter current = Objects.requireNonNull(router);
      piece.chunk.routeTo(current);
      if (!piece.chunk.isLast()) {
        return null;
      }
      router = null;
      return current.finish();
    }
  }
}
