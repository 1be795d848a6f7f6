package io.vellamo.webhook;

import java.net.URI;

/**
 * Sinks that send rows to an HTTP endpoint.
 *
 * <pre>{@code
 * query.to(
 *     Webhook.<Alert>sink(URI.create("https://example.org/hooks/alerts"))
 *         .withHeader("Authorization", "Bearer " + token)
 *         .orderedBy(Alert::incidentId)
 *         .deadLettersTo(JsonLines.sink(Path.of("rejected"))));
 * }</pre>
 *
 * @since 0.1
 */
public final class Webhook {
  private Webhook() {}

  /**
   * Returns a sink that sends each row as a JSON object in a POST request of its own.
   *
   * @param endpoint an absolute http or https address without user information
   * @param <U> the rows
   * @return a sink that writes at least once
   * @throws IllegalArgumentException if {@code endpoint} is another address
   */
  public static <U> WebhookSink<U> sink(URI endpoint) {
    return WebhookSink.create(endpoint);
  }
}
