package io.vellamo.actors.io;

import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.api.query.QueryClock.WakeUp;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.OpenSinks;
import io.vellamo.engine.io.OpenSources;
import io.vellamo.engine.io.RangeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A query's threads, and everything it holds besides its actors. It is released however the actors
 * end.
 *
 * <p><b>Threading</b> Filled by the coordinator, closed by its parent after the coordinator has
 * stopped.
 */
public final class QueryResources {
  private final SourceCalls sources;
  private final SerialThread sinkThread;
  private final IntFunction<SerialThread> rangeThreads;
  private final String functionDispatcher;
  private final Map<Integer, SerialThread> ofRanges = new ConcurrentSkipListMap<>();
  private volatile @Nullable OpenSinks sink;
  private volatile @Nullable EpochStream stream;
  private volatile @Nullable WakeUp wakeUp;
  private volatile Runnable onClose = () -> {};

  /**
   * Creates the resources of a query that holds nothing yet.
   *
   * @param calls tracks calls of user code
   * @param sourceThread calls the source
   * @param sinkThread calls the sinks
   * @param rangeThreads creates the thread that calls the writer of a range of shards
   * @param functionDispatcher the id of the dispatcher of its functions
   * @param functions the same dispatcher, for tasks
   */
  public QueryResources(
      UserCalls calls,
      SerialThread sourceThread,
      SerialThread sinkThread,
      IntFunction<SerialThread> rangeThreads,
      String functionDispatcher,
      Executor functions) {
    this.sources = new SourceCalls(calls, sourceThread, functions);
    this.sinkThread = sinkThread;
    this.rangeThreads = rangeThreads;
    this.functionDispatcher = functionDispatcher;
  }

  public UserCalls calls() {
    return sources.calls();
  }

  /** Returns the source and the threads that read. */
  SourceCalls sources() {
    return sources;
  }

  SerialThread sinkThread() {
    return sinkThread;
  }

  /** Returns the thread of a range, which is created if it is called for the first time. */
  SerialThread rangeThread(int range) {
    return ofRanges.computeIfAbsent(range, rangeThreads::apply);
  }

  public String functionDispatcher() {
    return functionDispatcher;
  }

  public Executor functions() {
    return sources.functions();
  }

  /** Opens the source, unless it is open, then the sinks, in the background. */
  CompletableFuture<OpenSinks> open(
      String sourceDescription,
      Callable<OpenSources> openSource,
      String sinkDescription,
      Callable<OpenSinks> openSink) {
    return sources
        .open(sourceDescription, openSource)
        .thenCompose(
            ok ->
                sinkThread.call(
                    "opening " + sinkDescription,
                    () -> {
                      OpenSinks opened = openSink.call();
                      sink = opened;
                      return opened;
                    }));
  }

  /** Returns the sinks, which must be open. */
  OpenSinks openSink() {
    return Objects.requireNonNull(sink, "sink");
  }

  void stream(EpochStream started) {
    stream = started;
  }

  /** Sets the action that runs when the query closes. */
  public void onClose(Runnable action) {
    onClose = action;
  }

  /** Replaces the next wake-up. */
  public void wakeUp(@Nullable WakeUp next) {
    WakeUp before = wakeUp;
    if (before != null) {
      before.close();
    }
    wakeUp = next;
  }

  /** Ends reading, without waiting for calls under way. */
  public void abandonReading() {
    EpochStream running = stream;
    if (running != null) {
      running.close();
    }
  }

  /** Releases everything, in the background, once the calls under way there have returned. */
  public CompletionStage<Void> close() {
    wakeUp(null);
    Runnable action = onClose;
    onClose = () -> {};
    action.run();
    abandonReading();
    // On the source's thread first: if the source is still being opened, the opening of the sinks
    // is then queued before their closing.
    CompletableFuture<Void> all =
        afterwards(
            afterwards(sources.close(), this::closeRanges),
            () -> sinkThread.call("closing the sinks", this::closeSinks));
    return all.whenComplete(
        (ok, failure) -> {
          sources.thread().end();
          sinkThread.end();
          ofRanges.values().forEach(SerialThread::end);
        });
  }

  /** Returns the end of a second step, which is done even if the first fails; fails like it. */
  private static CompletableFuture<Void> afterwards(
      CompletableFuture<?> first, Supplier<CompletableFuture<?>> second) {
    return first
        .handle((ok, failure) -> failure)
        .thenCompose(
            failed ->
                second
                    .get()
                    .thenCompose(
                        ok ->
                            failed == null
                                ? CompletableFuture.completedFuture(null)
                                : CompletableFuture.failedFuture(Failures.unwrap(failed))));
  }

  /** Closes each range on its thread, where calls of its writer may be under way. */
  private CompletableFuture<?> closeRanges() {
    OpenSinks open = sink;
    List<CompletableFuture<?>> closed = new ArrayList<>();
    if (open != null) {
      ofRanges.forEach(
          (range, thread) -> {
            RangeWriter writer = open.ranges().get(range);
            closed.add(thread.call("closing the sink", () -> close(writer)));
          });
    }
    return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
  }

  private static Boolean close(RangeWriter writer) {
    writer.close();
    return true;
  }

  private Boolean closeSinks() {
    OpenSinks open = sink;
    if (open != null) {
      open.close();
    }
    return open != null;
  }
}
