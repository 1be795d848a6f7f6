package io.vellamo.engine.inbox;

import io.vellamo.api.source.Receipt;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.Utf8;
import io.vellamo.engine.group.ValueCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The offers to an open inbox: those that its machine has not taken, and the stages of all that
 * have no answer. The inbox is told once that offers wait, however many there are.
 *
 * <p><b>Threading</b> Safe to share; never waits.
 */
public final class InboxOffers {
  private final ValueCodec codec;
  private final Runnable onArrival;
  // The following fields are guarded by this.
  private final Map<Long, CompletableFuture<Receipt>> unanswered = new HashMap<>();
  private List<Offer> waiting = new ArrayList<>();
  private long lastTicket;
  private @Nullable Exception closed;

  /**
   * Creates an object without offers.
   *
   * @param codec writes events
   * @param onArrival runs if an offer arrives while none waits
   */
  public InboxOffers(ValueCodec codec, Runnable onArrival) {
    this.codec = codec;
    this.onArrival = onArrival;
  }

  /** Adds an offer; returns its stage, which fails if the message can't be stored. */
  public CompletionStage<Receipt> add(String id, Object event) {
    StoredValue stored;
    try {
      requireValid(id);
      stored = codec.write(event);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    CompletableFuture<Receipt> answer = new CompletableFuture<>();
    boolean isFirst;
    synchronized (this) {
      if (closed != null) {
        return CompletableFuture.failedStage(closed);
      }
      lastTicket++;
      unanswered.put(lastTicket, answer);
      isFirst = waiting.isEmpty();
      waiting.add(new Offer(lastTicket, id, stored));
    }
    if (isFirst) {
      onArrival.run();
    }
    return answer.minimalCompletionStage();
  }

  private static void requireValid(String id) {
    if (id.isEmpty() || Utf8.unpairedSurrogate(id) >= 0) {
      throw new IllegalArgumentException(
          "id of a message must be well-formed text and not empty, was [%s]; use the identity that the message keeps when it is sent again"
              .formatted(Utf8.repaired(id)));
    }
  }

  /** Takes the waiting offers, in order. */
  public synchronized List<Offer> takeAll() {
    List<Offer> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  /**
   * Answers offers.
   *
   * @param stored the tickets of messages that are stored now
   * @param duplicates the tickets of messages whose ids had been stored before
   * @param callbacks completes the stages, and so runs the callbacks of the source
   */
  public void answer(List<Long> stored, List<Long> duplicates, Executor callbacks) {
    List<CompletableFuture<Receipt>> now = remove(stored);
    List<CompletableFuture<Receipt>> before = remove(duplicates);
    callbacks.execute(
        () -> {
          now.forEach(each -> each.complete(Receipt.STORED));
          before.forEach(each -> each.complete(Receipt.DUPLICATE));
        });
  }

  private synchronized List<CompletableFuture<Receipt>> remove(List<Long> tickets) {
    List<CompletableFuture<Receipt>> removed = new ArrayList<>(tickets.size());
    for (Long ticket : tickets) {
      CompletableFuture<Receipt> answer = unanswered.remove(ticket);
      if (answer != null) {
        removed.add(answer);
      }
    }
    return removed;
  }

  /**
   * Fails all offers that have no answer, and those that follow.
   *
   * @param failure tells that the messages are not known to be durable
   * @param callbacks completes the stages
   */
  public void close(Exception failure, Executor callbacks) {
    List<CompletableFuture<Receipt>> open;
    synchronized (this) {
      if (closed != null) {
        return;
      }
      closed = failure;
      open = new ArrayList<>(unanswered.values());
      unanswered.clear();
      waiting = new ArrayList<>();
    }
    callbacks.execute(() -> open.forEach(each -> each.completeExceptionally(failure)));
  }
}
