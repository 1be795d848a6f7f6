package io.vellamo.connectors.pekko;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/** A queue of messages: each consumer gets all that are not acknowledged, and those that follow. */
final class MessageBroker {
  // All guarded by this.
  private final Map<Integer, Integer> unacknowledged = new TreeMap<>();
  private final List<CompletableFuture<Done>> waiting = new ArrayList<>();
  private int sent;

  synchronized void send(int count) {
    for (int i = 0; i < count; i++) {
      unacknowledged.put(sent, sent);
      sent++;
    }
    waiting.forEach(each -> each.complete(Done.getInstance()));
    waiting.clear();
  }

  /** Returns the messages as a consumer gets them. */
  Source<StreamMessage<Integer>, NotUsed> messages() {
    return Source.unfoldAsync(-1, this::after);
  }

  private synchronized CompletionStage<Optional<Pair<Integer, StreamMessage<Integer>>>> after(
      int last) {
    for (int number : unacknowledged.keySet()) {
      if (number > last) {
        return CompletableFuture.completedStage(
            Optional.of(
                Pair.create(
                    number, new StreamMessage<>("m" + number, number, () -> acknowledge(number)))));
      }
    }
    CompletableFuture<Done> more = new CompletableFuture<>();
    waiting.add(more);
    return more.thenCompose(done -> after(last));
  }

  private synchronized CompletionStage<Done> acknowledge(int number) {
    unacknowledged.remove(number);
    notifyAll();
    return CompletableFuture.completedStage(Done.getInstance());
  }

  synchronized int awaitAcknowledged(int count) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (sent - unacknowledged.size() < count && System.nanoTime() < deadline) {
      wait(100);
    }
    return sent - unacknowledged.size();
  }
}
