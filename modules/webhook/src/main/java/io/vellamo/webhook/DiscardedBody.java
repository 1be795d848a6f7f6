package io.vellamo.webhook;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, which is not kept, but must end in time.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class DiscardedBody implements BodySubscriber<Void> {
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final CompletableFuture<Void> timer = new CompletableFuture<>();
  private final Duration rest;

  /**
   * Creates a body.
   *
   * @param rest the time until the body must have ended; not positive if it has passed
   */
  DiscardedBody(Duration rest) {
    this.rest = rest;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    CompletableFuture<Void> unused =
        timer
            .orTimeout(Math.max(0, rest.toNanos()), TimeUnit.NANOSECONDS)
            .whenComplete((none, timeout) -> stop(timeout, subscription));
    subscription.request(Long.MAX_VALUE);
  }

  private void stop(@Nullable Throwable timeout, Subscription subscription) {
    boolean isTooLate =
        timeout != null
            && end.completeExceptionally(
                new HttpTimeoutException("the answer did not end in time"));
    if (isTooLate) {
      // Closes the connection.
      subscription.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {}

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
    timer.complete(null);
  }

  @Override
  public void onComplete() {
    end.complete(null);
    timer.complete(null);
  }

  @Override
  public CompletionStage<Void> getBody() {
    return end;
  }
}
