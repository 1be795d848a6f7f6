package io.vellamo.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * The sending of single requests, without retries.
 *
 * <p>It blocks a thread for each request: {@link HttpClient#sendAsync} completes in the common
 * pool, which starts a thread for each completion on machines with two processors, and sends a
 * third of the requests.
 *
 * @param timeout the longest time from the start of a request to the end of its answer
 */
record Exchange(HttpClient client, Duration timeout) {
  /** Sends a request, and waits for the end of the answer. */
  Answer send(HttpRequest request) throws InterruptedException {
    long start = System.nanoTime();
    try {
      // The time-out of a request ends with the answer's headers; the body has its own.
      return Answer.of(
          client.send(request, headers -> new DiscardedBody(timeout.minusNanos(since(start)))));
    } catch (IOException e) {
      return Answer.none(e);
    }
  }

  private static long since(long start) {
    return System.nanoTime() - start;
  }
}
