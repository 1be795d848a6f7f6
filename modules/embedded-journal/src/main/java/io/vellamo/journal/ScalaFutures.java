package io.vellamo.journal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.dispatch.Futures;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** Conversions of stages to the Scala futures that the plugin API of Pekko 1.x returns. */
final class ScalaFutures {

  private ScalaFutures() {}

  /** Returns a future with the stage's value, or with the cause of its failure. */
  static <T> Future<T> from(CompletionStage<T> stage) {
    Promise<T> promise = Futures.promise();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            promise.success(value);
          } else {
            promise.failure(cause(failure));
          }
        });
    return promise.future();
  }

  /** Returns the failure without the {@link CompletionException} that stages wrap around it. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
