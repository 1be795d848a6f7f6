package io.vellamo.testkit.contract;

import io.vellamo.api.RetryableException;
import io.vellamo.api.source.Inbox;
import io.vellamo.api.source.Receipt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An inbox in memory, which stores messages only when it is told to.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class RecordedInbox<T> implements Inbox<T> {
  private record Message<T>(String id, T event, CompletableFuture<Receipt> outcome) {}

  private final Set<String> stored;
  private final List<Message<T>> arrived = new ArrayList<>();
  private boolean storesAtOnce;
  private @Nullable Exception failure;

  /** Creates an inbox that remembers the ids of an earlier one. */
  RecordedInbox(Set<String> remembered) {
    stored = new HashSet<>(remembered);
  }

  @Override
  public String queryName() {
    return "contract";
  }

  @Override
  public synchronized CompletionStage<Receipt> put(String id, T event) {
    Message<T> message = new Message<>(id, event, new CompletableFuture<>());
    arrived.add(message);
    notifyAll();
    if (storesAtOnce) {
      store(message);
    }
    return message.outcome;
  }

  @Override
  public synchronized void fail(Exception cause) {
    failure = cause;
    notifyAll();
  }

  /** Waits until a number of messages have arrived. */
  synchronized void await(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (arrived.size() < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || failure != null) {
        throw new AssertionError(
            "source must pass on [%d] messages, passed on [%d]".formatted(count, arrived.size()),
            failure);
      }
      wait(left);
    }
  }

  /** Stores what has arrived and what will arrive. */
  synchronized void storeAll() {
    storesAtOnce = true;
    List.copyOf(arrived).forEach(this::store);
  }

  private void store(Message<T> message) {
    message.outcome.complete(stored.add(message.id) ? Receipt.STORED : Receipt.DUPLICATE);
  }

  /** Refuses what has arrived, as a query does that stops. */
  synchronized void refuseAll() {
    List.copyOf(arrived)
        .forEach(
            message ->
                message.outcome.completeExceptionally(
                    new RetryableException("message is not known to be durable", null)));
  }

  synchronized List<String> ids() {
    return arrived.stream().map(Message::id).toList();
  }

  synchronized List<T> events() {
    return arrived.stream().map(Message::event).toList();
  }
}
