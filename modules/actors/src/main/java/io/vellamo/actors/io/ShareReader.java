package io.vellamo.actors.io;

import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.OpenSources;
import io.vellamo.engine.io.ShareReading;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedShare;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * A reader of shares of a query's epochs, apart from the query's coordinator. It opens the query's
 * sources when it is first asked to read.
 *
 * <p><b>Order</b> Shares are read in the order of the calls, one after the other; {@link #close} at
 * any moment, and no other call after it but {@code close} again.
 *
 * <p><b>Threading</b> Used by one thread at a time; never waits.
 *
 * <p><b>Failure</b> The first failure to open the sources, to read, to route or to form the result
 * ends the share, and is told. If the query's policy retries it, the source is closed, and the next
 * share opens it again with the offsets committed by then.
 *
 * @param <T> what becomes of a share
 */
public final class ShareReader<T> {
  /**
   * A query as it is read.
   *
   * @param query the query
   * @param clock its processing time
   * @param inboxes returns the inbox of a source, by the source's index
   */
  public record Input(PreparedQuery query, InstantSource clock, IntFunction<Inboxes> inboxes) {}

  /**
   * The threads of a reader.
   *
   * @param calls tracks calls of user code
   * @param source calls the sources
   * @param functions call the stages
   */
  public record Threads(UserCalls calls, SerialThread source, Executor functions) {}

  /**
   * The use of shares that have been read.
   *
   * @param <T> what becomes of a share
   */
  public interface Output<T> {
    /** Returns what becomes of a share; called on a function thread, may take a while. */
    T form(RoutedShare share) throws Exception;

    /** Takes a share that has been read; called on any thread, must not wait. */
    void read(ShareRequest request, T formed);

    /** Takes the failure to read a share; called on any thread, must not wait. */
    void readFailed(ShareRequest request, Throwable cause);

    /**
     * Takes the failure to tell a source of a commit, unless the query's policy retries it: then
     * the source is told of the next one. Called on any thread, must not wait.
     */
    void commitFailed(Throwable cause);
  }

  private final Input input;
  private final SourceCalls sources;
  private final Output<T> output;
  private final EpochStream stream;
  // Null until the reader is closed.
  private @Nullable CompletionStage<Void> closed;

  private ShareReader(Input input, SourceCalls sources, Output<T> output, EpochStream stream) {
    this.input = input;
    this.sources = sources;
    this.output = output;
    this.stream = stream;
  }

  /**
   * Starts a reader that has nothing open yet.
   *
   * @param dispatcher the dispatcher of the stream that reads, by its path
   */
  public static <T> ShareReader<T> start(
      ActorSystem<?> system, String dispatcher, Input input, Threads threads, Output<T> output) {
    SourceCalls sources = new SourceCalls(threads.calls(), threads.source(), threads.functions());
    EpochStream stream =
        EpochStream.start(system, dispatcher, sources, input.query().sourceDescription());
    return new ShareReader<>(input, sources, output, stream);
  }

  /** Reads a share, after those before it. */
  public void read(ShareRequest request) {
    open(request.committed())
        .thenAccept(ok -> readOpened(request))
        .whenComplete(
            (ok, failure) -> {
              if (failure != null) {
                failed(request, failure);
              }
            });
  }

  private CompletionStage<OpenSources> open(Offsets committed) {
    PreparedQuery query = input.query();
    // Nothing waits for the sources' signals: the coordinator asks for what is there.
    return sources.open(
        query.sourceDescription(),
        () -> OpenSources.open(query, input.clock(), committed, () -> {}, input.inboxes()));
  }

  private void readOpened(ShareRequest request) {
    ShareReading reading =
        new ShareReading(input.query(), request.shards(), request.keepsEvents(), request.share());
    stream.run(
        request.share(),
        chunk -> {
          RoutedShare share = reading.take(chunk);
          return share == null ? null : output.form(share);
        },
        formed -> {
          if (!sources.calls().isStopped()) {
            output.read(request, formed);
          }
        },
        failure -> failed(request, failure));
  }

  private void failed(ShareRequest request, Throwable failure) {
    // A source that is closed while it is read fails.
    if (!sources.calls().isStopped()) {
      output.readFailed(request, Failures.unwrap(failure));
    }
  }

  /** Tells the sources, if they are open, that everything before some offsets is committed. */
  public void committed(Offsets offsets) {
    if (sources.isOpen()) {
      sources.committed(input.query().sourceDescription(), offsets, output::commitFailed);
    }
  }

  /** Returns the calls under way, so that their threads can be interrupted. */
  public UserCalls calls() {
    return sources.calls();
  }

  /**
   * Ends reading, and closes the sources in the background. Shares that are not read yet are
   * abandoned, and nothing more is told of them.
   *
   * @return completes once the calls of the sources have returned and they are closed; fails if
   *     they can't be closed
   */
  public CompletionStage<Void> close() {
    CompletionStage<Void> known = closed;
    if (known != null) {
      return known;
    }
    sources.calls().stop();
    stream.close();
    CompletionStage<Void> closing =
        sources
            .close()
            .<Void>thenApply(ok -> null)
            .whenComplete((ok, failure) -> sources.thread().end());
    closed = closing;
    return closing;
  }
}
