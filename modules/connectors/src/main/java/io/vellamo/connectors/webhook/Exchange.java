package io.vellamo.connectors.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The sending of single requests, without retries. */
record Exchange(HttpClient client, Duration timeout) {
  /**
   * Sends a request, and waits for the end of the answer. The time-out of {@link HttpRequest} ends
   * with the answer's headers, so it would wait forever for the rest.
   */
  Answer send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<Void>> sent =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      return Answer.of(sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Answer.none(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        return Answer.none(failure);
      }
      throw new IllegalStateException(
          "the client must send any request it has built", e.getCause());
    } finally {
      // Closes the connection of a request that has not ended.
      sent.cancel(true);
    }
  }
}
