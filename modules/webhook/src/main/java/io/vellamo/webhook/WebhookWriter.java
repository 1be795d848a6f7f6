package io.vellamo.webhook;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.sink.WriteMeter;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A writer that delivers one epoch at a time, with several requests in flight. */
final class WebhookWriter<U> implements SinkWriter<U> {
  private final WebhookSettings<U> settings;
  private final RowRequests<U> requests;
  private final Exchange exchange;
  private final @Nullable SinkWriter<RejectedRow<U>> rejected;
  private final ExecutorService threads;
  private final WriteMeter meter = new WriteMeter();
  private long retries;
  private long rejectedRows;

  /**
   * Creates a writer.
   *
   * @param rejected the open sink of rejected rows; null if a rejected row is an error
   */
  WebhookWriter(
      WebhookSettings<U> settings,
      SinkContext context,
      @Nullable SinkWriter<RejectedRow<U>> rejected) {
    this.settings = settings;
    this.requests = new RowRequests<>(settings, context);
    this.exchange = new Exchange(client(settings), settings.timeout());
    this.rejected = rejected;
    this.threads =
        Executors.newFixedThreadPool(
            settings.inFlight(),
            task -> {
              Thread thread = new Thread(task, "vellamo-webhook");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static HttpClient client(WebhookSettings<?> settings) {
    HttpClient own = settings.client();
    return own != null
        ? own
        : HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
  }

  @Override
  public void write(EpochRows<? extends U> rows) throws Exception {
    long begun = System.nanoTime();
    Delivery<U> delivery = new Delivery<>(settings, requests, exchange, rows);
    int workers = Math.min(settings.inFlight(), delivery.lanesInTotal());
    List<Callable<@Nullable Void>> tasks = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      tasks.add(delivery.work());
    }
    if (!tasks.isEmpty()) {
      // If this thread is interrupted, interrupts the workers.
      requireSuccess(threads.invokeAll(tasks));
    }
    if (rejected != null) {
      rejected.write(new RejectedRows<>(rows, new TreeMap<>(delivery.rejected())));
    }
    int refused = delivery.rejected().size();
    meter.wrote(rows.size() - refused, 0, Duration.ofNanos(System.nanoTime() - begun));
    retries += delivery.retries();
    rejectedRows += refused;
  }

  private static void requireSuccess(List<Future<@Nullable Void>> results) throws Exception {
    Exception first = null;
    for (Future<@Nullable Void> result : results) {
      try {
        result.get();
      } catch (ExecutionException e) {
        Exception failure = e.getCause() instanceof Exception cause ? cause : e;
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  @Override
  public Map<String, Long> metrics() {
    Map<String, Long> all = new HashMap<>(meter.metrics());
    all.put("retries", retries);
    all.put("rejectedRows", rejectedRows);
    return all;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    if (rejected != null) {
      rejected.close();
    }
  }
}
