package io.vellamo.webhook;

import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkGuarantee;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a sink.
 *
 * @param headers the user's headers, which may be secret
 * @param timeout the longest time from the start of a request to the end of its answer
 * @param deadLetters the sink for rejected rows; null if a rejected row fails the query
 * @param client the user's client; null for one of the sink
 */
record WebhookSettings<U>(
    URI endpoint,
    Map<String, String> headers,
    RequestForm<U> form,
    int inFlight,
    Duration timeout,
    Attempts retries,
    @Nullable RowSink<RejectedRow<U>> deadLetters,
    @Nullable HttpClient client,
    SinkGuarantee guarantee) {
  private static final int IN_FLIGHT = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  static <U> WebhookSettings<U> of(URI endpoint) {
    return new WebhookSettings<>(
        endpoint,
        Map.of(),
        RequestForm.create(),
        IN_FLIGHT,
        TIMEOUT,
        Attempts.DEFAULT,
        null,
        null,
        SinkGuarantee.AT_LEAST_ONCE);
  }

  WebhookSettings<U> withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new WebhookSettings<>(
        endpoint, all, form, inFlight, timeout, retries, deadLetters, client, guarantee);
  }

  WebhookSettings<U> withForm(RequestForm<U> newForm) {
    return new WebhookSettings<>(
        endpoint, headers, newForm, inFlight, timeout, retries, deadLetters, client, guarantee);
  }

  WebhookSettings<U> withInFlight(int newInFlight) {
    return new WebhookSettings<>(
        endpoint, headers, form, newInFlight, timeout, retries, deadLetters, client, guarantee);
  }

  WebhookSettings<U> withTimeout(Duration newTimeout) {
    return new WebhookSettings<>(
        endpoint, headers, form, inFlight, newTimeout, retries, deadLetters, client, guarantee);
  }

  WebhookSettings<U> withRetries(Attempts newRetries) {
    return new WebhookSettings<>(
        endpoint, headers, form, inFlight, timeout, newRetries, deadLetters, client, guarantee);
  }

  WebhookSettings<U> withDeadLetters(RowSink<RejectedRow<U>> sink) {
    return new WebhookSettings<>(
        endpoint, headers, form, inFlight, timeout, retries, sink, client, guarantee);
  }

  WebhookSettings<U> withClient(HttpClient newClient) {
    return new WebhookSettings<>(
        endpoint, headers, form, inFlight, timeout, retries, deadLetters, newClient, guarantee);
  }

  WebhookSettings<U> withGuarantee(SinkGuarantee newGuarantee) {
    return new WebhookSettings<>(
        endpoint, headers, form, inFlight, timeout, retries, deadLetters, client, newGuarantee);
  }

  /** Returns scheme, host and port: the path and the query of a webhook are often secret. */
  String description() {
    String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    return "Webhook[" + endpoint.getScheme() + "://" + endpoint.getHost() + port + "]";
  }

  /** Returns the description, since headers may be secret. */
  @Override
  public String toString() {
    return description();
  }
}
