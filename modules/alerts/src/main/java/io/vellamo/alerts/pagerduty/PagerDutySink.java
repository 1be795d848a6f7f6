package io.vellamo.alerts.pagerduty;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.webhook.RejectedRow;
import io.vellamo.webhook.Webhook;
import io.vellamo.webhook.WebhookSink;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A sink that sends rows to PagerDuty; see {@link PagerDuty}.
 *
 * <p><b>Order</b> The events of an incident are sent in order; those of different incidents may be
 * sent at the same time.
 *
 * <p><b>Failure</b> As {@link WebhookSink}: it retries if PagerDuty is unavailable or limits the
 * rate, and fails with {@link io.vellamo.api.RetryableException} if that lasts; an event that
 * PagerDuty rejects, for instance because of an unknown routing key, goes to {@link
 * #deadLettersTo}, or fails the query. An event may be sent twice. The second trigger of an open
 * incident only adds a log entry; one that is sent again after the incident was resolved, because
 * both belong to the same epoch, opens it until the event that resolves it is sent again.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class PagerDutySink<U> implements RowSink<U> {
  private static final URI ENDPOINT = URI.create("https://events.pagerduty.com/v2/enqueue");

  private final String routingKey;
  private final Function<? super U, PagerDutyEvent> event;
  private final URI endpoint;
  private final UnaryOperator<WebhookSink<U>> settings;

  PagerDutySink(String routingKey, Function<? super U, PagerDutyEvent> event) {
    this(checked(routingKey), event, ENDPOINT, UnaryOperator.identity());
  }

  private PagerDutySink(
      String routingKey,
      Function<? super U, PagerDutyEvent> event,
      URI endpoint,
      UnaryOperator<WebhookSink<U>> settings) {
    this.routingKey = routingKey;
    this.event = event;
    this.endpoint = endpoint;
    this.settings = settings;
  }

  private static String checked(String routingKey) {
    if (routingKey.isBlank()) {
      throw new IllegalArgumentException(
          "routingKey must not be blank, has [%d] characters; use the integration key of a service"
              .formatted(routingKey.length()));
    }
    return routingKey;
  }

  /**
   * Sets the address to which events are sent.
   *
   * @param newEndpoint the address; the default is {@code https://events.pagerduty.com/v2/enqueue},
   *     and accounts in Europe use {@code https://events.eu.pagerduty.com/v2/enqueue}
   * @return a sink with it
   * @throws IllegalArgumentException if {@code newEndpoint} is not an absolute http or https
   *     address
   */
  public PagerDutySink<U> withEndpoint(URI newEndpoint) {
    Webhook.sink(newEndpoint); // checks it
    return new PagerDutySink<>(routingKey, event, newEndpoint, settings);
  }

  /**
   * Sets the longest time of a request; see {@link WebhookSink#withTimeout}.
   *
   * @param timeout the time, 10 s by default
   * @return a sink with it
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  public PagerDutySink<U> withTimeout(Duration timeout) {
    return with(webhook -> webhook.withTimeout(timeout));
  }

  /**
   * Sets the attempts of a request; see {@link WebhookSink#withRetries}.
   *
   * @param attempts the largest number of attempts
   * @param first the pause after the first attempt
   * @param longest the longest pause
   * @return a sink with it
   * @throws IllegalArgumentException if an argument is out of range
   */
  public PagerDutySink<U> withRetries(int attempts, Duration first, Duration longest) {
    return with(webhook -> webhook.withRetries(attempts, first, longest));
  }

  /**
   * Sets how many requests are in flight at most; see {@link WebhookSink#withMaxInFlight}.
   *
   * @param requests the number of requests, 8 by default
   * @return a sink with it
   * @throws IllegalArgumentException if {@code requests} is not positive
   */
  public PagerDutySink<U> withMaxInFlight(int requests) {
    return with(webhook -> webhook.withMaxInFlight(requests));
  }

  /**
   * Writes rejected rows to another sink; see {@link WebhookSink#deadLettersTo}.
   *
   * @param sink the sink
   * @return a sink with it
   */
  public PagerDutySink<U> deadLettersTo(RowSink<RejectedRow<U>> sink) {
    requireNonNull(sink, "sink");
    return with(webhook -> webhook.deadLettersTo(sink));
  }

  private PagerDutySink<U> with(UnaryOperator<WebhookSink<U>> setting) {
    UnaryOperator<WebhookSink<U>> all = webhook -> setting.apply(settings.apply(webhook));
    PagerDutySink<U> sink = new PagerDutySink<>(routingKey, event, endpoint, all);
    sink.webhook(); // checks the setting
    return sink;
  }

  private WebhookSink<U> webhook() {
    WebhookSink<U> webhook =
        Webhook.<U>sink(endpoint)
            .withBody(row -> PagerDutyRequest.of(routingKey, event.apply(row)))
            .orderedBy(row -> event.apply(row).dedupKey());
    return settings.apply(webhook);
  }

  @Override
  public String description() {
    return webhook().description();
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.AT_LEAST_ONCE;
  }

  @Override
  public NodeAccess nodeAccess() {
    return webhook().nodeAccess();
  }

  @Override
  public SinkWriter<U> open(SinkContext context) throws Exception {
    return webhook().open(context);
  }

  /** Returns the description, without the routing key. */
  @Override
  public String toString() {
    return description();
  }
}
