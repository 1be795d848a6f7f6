package io.vellamo.actors;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The output of a stream, each element of which is requested by the test. */
final class RequestedOutput<T> implements Subscriber<T> {
  private static final long PATIENCE_SECONDS = 20;

  private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
  private final LinkedBlockingQueue<T> elements = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** Requests an element and waits for it. */
  T next() throws Exception {
    request();
    return taken();
  }

  void request() {
    subscription.join().request(1);
  }

  /** Waits for a requested element. */
  T taken() throws Exception {
    T element = elements.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (element == null) {
      throw new AssertionError("no element within " + PATIENCE_SECONDS + " s, end is " + end);
    }
    return element;
  }

  int emitted() {
    return elements.size();
  }

  void cancel() {
    subscription.join().cancel();
  }

  /** Waits for the end of the stream; throws its failure. */
  void awaitEnd() throws Exception {
    end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription.complete(begun);
  }

  @Override
  public void onNext(T element) {
    elements.add(element);
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }
}
