package io.vellamo.cluster.message;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * The conversions of users' values to bytes and back, which call codecs of users and so run where
 * the functions of a query run.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class Conversions {
  private final Executor functions;

  /** Creates conversions that run on the threads of a query's functions. */
  public Conversions(Executor functions) {
    this.functions = functions;
  }

  /**
   * Converts something; tells an actor what results.
   *
   * @param told creates the message, of the result or of the failure
   */
  public <T, M> void run(
      ActorContext<M> context,
      Callable<T> conversion,
      BiFunction<@Nullable T, @Nullable Throwable, M> told) {
    CompletableFuture<T> result = new CompletableFuture<>();
    context.pipeToSelf(result, told::apply);
    functions.execute(
        () -> {
          try {
            result.complete(conversion.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e);
          }
        });
  }
}
