package io.vellamo.webhook;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint's answer to a request.
 *
 * @param status the status; 0 if there is no complete answer
 * @param retryAfter the pause that the endpoint requests; null if it requests none
 * @param failure the reason for which there is no complete answer; null if there is one
 */
record Answer(int status, @Nullable Duration retryAfter, @Nullable Exception failure) {
  /** Time-out, too early, too many requests; and those of proxies for an endpoint that is down. */
  private static final Set<Integer> OF_UNAVAILABLE = Set.of(408, 425, 429, 502, 503, 504);

  private static final int SUCCESSES = 200;
  private static final int REDIRECTIONS = 300;
  private static final int SERVER_ERRORS = 500;

  static Answer of(HttpResponse<?> response) {
    Duration retryAfter =
        response
            .headers()
            .firstValue("Retry-After")
            .map(text -> RetryAfter.parse(text, response.headers().firstValue("Date").orElse("")))
            .orElse(null);
    return new Answer(response.statusCode(), retryAfter, null);
  }

  static Answer none(Exception failure) {
    return new Answer(0, null, failure);
  }

  boolean isAccepted() {
    return status >= SUCCESSES && status < REDIRECTIONS;
  }

  /** Returns whether the same request may be accepted later. */
  boolean isRetryable() {
    return isOfUnavailableEndpoint() || status >= SERVER_ERRORS;
  }

  /** Returns whether the endpoint, not the row, is the reason for a failure. */
  boolean isOfUnavailableEndpoint() {
    return status == 0 || OF_UNAVAILABLE.contains(status);
  }

  /** Returns a text without any part of request or response. */
  String text() {
    return failure == null ? "status " + status : failure.getClass().getSimpleName();
  }
}
