package io.vellamo.dashboard;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The wait for an answer of a query, bounded, so that a busy query holds no thread for long. */
final class BoundedAnswer {
  private static final long SECONDS = 20;

  private BoundedAnswer() {}

  /**
   * Waits for a result.
   *
   * @throws RequestException if it can't be had, or not in time
   * @throws IllegalArgumentException if an argument of the request was refused
   */
  static <T> T result(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw RequestException.unavailable(
          "The query must answer within [%s s]; it is busy, or its shards recover: ask again"
              .formatted(SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RequestException.unavailable("The dashboard is being closed");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalStateException refused) {
        throw RequestException.conflict(String.valueOf(refused.getMessage()));
      }
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("The query must answer, it failed", e.getCause());
    }
  }
}
