package io.vellamo.webhook;

import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of the rows of one epoch. Rows with the same key of order form a lane; several
 * threads each deliver one lane at a time.
 *
 * <p><b>Threading</b> {@link #work} is called by several threads at once.
 */
final class Delivery<U> {
  private static final Duration LONGEST_REQUESTED_PAUSE = Duration.ofMinutes(1);

  private final WebhookSettings<U> settings;
  private final RowRequests<U> requests;
  private final Exchange exchange;
  private final EpochRows<? extends U> rows;
  private final Queue<Deque<List<Integer>>> lanes;
  private final int laneCount;
  // Rows by index.
  private final Map<Integer, RejectedRow<U>> rejected = new ConcurrentHashMap<>();
  private final LongAdder retries = new LongAdder();
  // Counted down when the delivery fails, so that pauses of other threads end.
  private final CountDownLatch failed = new CountDownLatch(1);

  Delivery(
      WebhookSettings<U> settings,
      RowRequests<U> requests,
      Exchange exchange,
      EpochRows<? extends U> rows) {
    this.settings = settings;
    this.requests = requests;
    this.exchange = exchange;
    this.rows = rows;
    this.lanes = new ConcurrentLinkedQueue<>(lanes());
    this.laneCount = lanes.size();
  }

  /** Returns the number of lanes, the largest useful number of threads. */
  int lanesInTotal() {
    return laneCount;
  }

  /** Returns the rejected rows by index, once all threads have ended. */
  Map<Integer, RejectedRow<U>> rejected() {
    return rejected;
  }

  /** Returns the number of requests that were sent again. */
  long retries() {
    return retries.sum();
  }

  private List<Deque<List<Integer>>> lanes() {
    Function<? super U, ?> order = settings.form().order();
    Map<@Nullable Object, List<Integer>> byKey = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Object key = order == null ? Integer.valueOf(rows.id(i).shard()) : order.apply(rows.row(i));
      byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(i);
    }
    return byKey.values().stream().map(this::batches).toList();
  }

  private Deque<List<Integer>> batches(List<Integer> indexes) {
    int size = Math.max(1, settings.form().batch());
    Deque<List<Integer>> batches = new ArrayDeque<>();
    for (int from = 0; from < indexes.size(); from += size) {
      batches.add(indexes.subList(from, Math.min(indexes.size(), from + size)));
    }
    return batches;
  }

  /**
   * Delivers lanes until none is left or the delivery has failed.
   *
   * @return a task that returns null and throws the failure that it found
   */
  Callable<@Nullable Void> work() {
    return () -> {
      try {
        Deque<List<Integer>> lane = lanes.poll();
        while (lane != null && !hasFailed()) {
          deliver(lane);
          lane = lanes.poll();
        }
        return null;
      } catch (Exception | Error e) {
        failed.countDown();
        throw e;
      }
    };
  }

  private void deliver(Deque<List<Integer>> lane) throws InterruptedException {
    List<Integer> batch = lane.poll();
    while (batch != null && !hasFailed()) {
      deliver(batch, lane);
      batch = lane.poll();
    }
  }

  private void deliver(List<Integer> batch, Deque<List<Integer>> lane) throws InterruptedException {
    HttpRequest request = requests.request(rows, batch);
    int attempt = 1;
    Answer answer = exchange.send(request);
    while (answer.isRetryable() && attempt < settings.retries().attempts()) {
      Duration pause = pause(attempt, answer);
      if (failed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
      retries.increment();
      answer = exchange.send(request);
      attempt++;
    }
    if (answer.isAccepted()) {
      return;
    }
    if (answer.isOfUnavailableEndpoint()) {
      throw unavailable(answer, attempt + " attempts");
    }
    if (batch.size() > 1) {
      // In front, so that the order stays.
      int half = batch.size() / 2;
      lane.addFirst(batch.subList(half, batch.size()));
      lane.addFirst(batch.subList(0, half));
      return;
    }
    reject(batch.get(0), answer, attempt);
  }

  private Duration pause(int attempt, Answer answer) {
    Duration own = settings.retries().pauseAfter(attempt);
    Duration requested = answer.retryAfter();
    if (requested == null || requested.compareTo(own) <= 0) {
      return own;
    }
    if (requested.compareTo(LONGEST_REQUESTED_PAUSE) > 0) {
      throw unavailable(answer, "Retry-After of " + requested);
    }
    return requested;
  }

  private void reject(int index, Answer answer, int attempts) {
    if (settings.deadLetters() == null) {
      throw new SinkException(
          settings.description(),
          "Endpoint of sink [%s] must accept row [%s], answered with [%s]; correct rows or endpoint, or set deadLettersTo"
              .formatted(settings.description(), rows.id(index), answer.text()),
          null);
    }
    String key = requests.key(rows.id(index));
    rejected.put(index, new RejectedRow<>(key, rows.row(index), answer.status(), attempts));
  }

  private RetryableException unavailable(Answer answer, String after) {
    return new RetryableException(
        "Endpoint of sink [%s] must be available, found [%s] after [%s]; start it, or give the query's retries more time"
            .formatted(settings.description(), answer.text(), after),
        answer.failure());
  }

  private boolean hasFailed() {
    return failed.getCount() == 0;
  }
}
