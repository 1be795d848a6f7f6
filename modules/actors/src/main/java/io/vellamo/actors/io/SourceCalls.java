package io.vellamo.actors.io;

import io.vellamo.actors.calls.CallSlot;
import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.OpenSources;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query's source, the thread of its calls, and the threads of the functions that take what was
 * read.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class SourceCalls {
  private final UserCalls calls;
  private final SerialThread thread;
  private final Executor functions;
  private volatile @Nullable OpenSources source;

  SourceCalls(UserCalls calls, SerialThread thread, Executor functions) {
    this.calls = calls;
    this.thread = thread;
    this.functions = functions;
  }

  UserCalls calls() {
    return calls;
  }

  SerialThread thread() {
    return thread;
  }

  Executor functions() {
    return functions;
  }

  /** Runs user code on a function thread; never completes if the query is stopping by then. */
  <T> CompletableFuture<T> callFunctions(String description, Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    functions.execute(
        () -> {
          CallSlot slot = calls.slot();
          if (!slot.enter(each -> description)) {
            return;
          }
          @Nullable T value = null;
          @Nullable Throwable failure = null;
          slot.begin(call);
          try {
            value = call.call();
          } catch (Exception | Error e) {
            failure = e;
          } finally {
            slot.end();
            slot.exit();
          }
          // Only now: dependents must not see the call as under way.
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }

  /** Opens the source, unless it is open, in the background. */
  CompletableFuture<OpenSources> open(String description, Callable<OpenSources> opening) {
    return thread.call(
        "opening " + description,
        () -> {
          OpenSources known = source;
          OpenSources opened = known == null ? opening.call() : known;
          source = opened;
          return opened;
        });
  }

  /** Returns whether the source has been opened. */
  boolean isOpen() {
    return source != null;
  }

  /** Returns the source, which must be open. */
  OpenSources opened() {
    return Objects.requireNonNull(source, "source");
  }

  /** Tells the source, which must be open, of a commit, in the background, one after the other. */
  void committed(String description, Offsets offsets, Consumer<Throwable> onFailure) {
    CompletionStage<Offsets> told =
        thread.call(
            "telling " + description + " of a commit",
            () -> {
              opened().committed(offsets);
              return offsets;
            });
    told.whenComplete(
        (ok, failure) -> {
          if (failure != null) {
            onFailure.accept(Failures.unwrap(failure));
          }
        });
  }

  /** Closes the source, if it is open, once the calls under way have returned. */
  CompletableFuture<Boolean> close() {
    return thread.call("closing the source", this::closeSource);
  }

  private Boolean closeSource() {
    OpenSources open = source;
    if (open != null) {
      open.close();
    }
    return open != null;
  }
}
