package io.vellamo.webhook;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Function;

/**
 * A sink that sends rows to an HTTP endpoint as JSON, with POST requests; see {@link Webhook}.
 *
 * <p>The header {@code Idempotency-Key} identifies a row. It is the same in all attempts, also
 * after a restart of the query, and differs from that of any other row. An endpoint that ignores
 * requests with a known key receives each row exactly once; declare it {@link #idempotent()}. Other
 * endpoints receive each row at least once.
 *
 * <p><b>Order</b> The rows of a key are sent in order, each once the one before it has been
 * accepted or rejected. By default, the rows of all keys of a shard are in order.
 *
 * <p><b>Time</b> A request ends after {@link #withTimeout}, whether or not a part of the answer has
 * arrived. Before another attempt there is a pause, which the header {@code Retry-After} of the
 * answer extends, up to a minute.
 *
 * <p><b>Failure</b> depends on the answer:
 *
 * <ul>
 *   <li>2xx accepts the row.
 *   <li>No complete answer, 408, 425, 429, 502, 503 and 504 mean that the endpoint is unavailable.
 *       After the last attempt, or at once if {@code Retry-After} is longer than a minute, the
 *       epoch fails with {@link io.vellamo.api.RetryableException}. When the query writes it again,
 *       all of its rows are sent again, with the same keys.
 *   <li>Any other 5xx rejects the row after the last attempt.
 *   <li>Any other answer, such as 400 or a redirection, rejects the row at once.
 * </ul>
 *
 * <p>A rejected row goes to {@link #deadLettersTo}; without it, it fails the query.
 *
 * <p>Payloads, headers, the path of the endpoint and answers appear in no message and no log.
 *
 * @param <U> the rows
 * @since 0.1
 */
public final class WebhookSink<U> implements RowSink<U> {
  private final WebhookSettings<U> settings;

  private WebhookSink(WebhookSettings<U> settings) {
    this.settings = settings;
  }

  static <U> WebhookSink<U> create(URI endpoint) {
    String scheme = requireNonNull(endpoint, "endpoint").getScheme();
    boolean isHttp = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!isHttp || endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "endpoint must be an absolute http or https address with a host and without user"
              + " information, has scheme [%s] and host [%s]; send credentials withHeader"
                  .formatted(scheme, endpoint.getHost()));
    }
    return new WebhookSink<>(WebhookSettings.of(endpoint));
  }

  /**
   * Adds a header to all requests.
   *
   * @param name the name
   * @param value the value, which appears in no message
   * @return a sink with it
   * @throws IllegalArgumentException if the client does not allow the header
   */
  public WebhookSink<U> withHeader(String name, String value) {
    try {
      HttpRequest.newBuilder().header(name, value);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message may quote the value.
      throw new IllegalArgumentException(
          "header must have a valid value and a name that the client allows, was [%s]"
              .formatted(name));
    }
    return new WebhookSink<>(settings.withHeader(name, value));
  }

  /**
   * Sets what is sent for a row.
   *
   * @param body returns an object that the mapper can write, such as a record or a map; the default
   *     is the row itself
   * @return a sink with it
   */
  public WebhookSink<U> withBody(Function<? super U, ?> body) {
    return withForm(settings.form().withBody(requireNonNull(body, "body")));
  }

  /**
   * Sends several rows in one request, as a JSON array. The endpoint must accept or reject a batch
   * as a whole: a batch that is rejected is divided in two, until the rejected rows are found. The
   * idempotency key of a batch is that of its first row with the number of rows; it is the same in
   * all attempts as long as the limit and the order are.
   *
   * @param rows the largest number of rows of a request; all of them have the same key of order
   * @return a sink with it
   * @throws IllegalArgumentException if {@code rows} is not positive
   */
  public WebhookSink<U> inBatchesOf(int rows) {
    return withForm(settings.form().withBatch(positive("rows", rows)));
  }

  /**
   * Sets which rows are sent in order.
   *
   * @param key returns the key of a row; rows with different keys may be sent at the same time
   * @return a sink with it
   */
  public WebhookSink<U> orderedBy(Function<? super U, ?> key) {
    return withForm(settings.form().withOrder(requireNonNull(key, "key")));
  }

  /**
   * Sets the mapper. The default supports records, {@code java.time} and {@code Optional}.
   *
   * @param mapper used unchanged
   * @return a sink with it
   */
  public WebhookSink<U> withMapper(ObjectMapper mapper) {
    return withForm(settings.form().withMapper(requireNonNull(mapper, "mapper")));
  }

  /**
   * Sets how many requests are in flight at most.
   *
   * @param requests the number of requests, 8 by default; each occupies a thread
   * @return a sink with it
   * @throws IllegalArgumentException if {@code requests} is not positive
   */
  public WebhookSink<U> withMaxInFlight(int requests) {
    return new WebhookSink<>(settings.withInFlight(positive("requests", requests)));
  }

  /**
   * Sets the longest time of a request.
   *
   * @param timeout the time from its start to the end of the answer, 10 s by default
   * @return a sink with it
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  public WebhookSink<U> withTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive, was [%s]".formatted(timeout));
    }
    return new WebhookSink<>(settings.withTimeout(timeout));
  }

  /**
   * Sets the attempts of a request. The default is 5 attempts with pauses from 200 ms, at most 10
   * s.
   *
   * @param attempts the largest number of attempts; 1 for no retry
   * @param first the pause after the first attempt; each later one is twice as long
   * @param longest the longest pause, unless the endpoint requests a longer one
   * @return a sink with it
   * @throws IllegalArgumentException if {@code attempts} is not positive, a pause is negative, or
   *     {@code longest} is shorter than {@code first}
   */
  public WebhookSink<U> withRetries(int attempts, Duration first, Duration longest) {
    return new WebhookSink<>(settings.withRetries(new Attempts(attempts, first, longest)));
  }

  /**
   * Writes rejected rows to another sink, before their epoch is committed. By default, a rejected
   * row fails the query.
   *
   * @param sink the sink, such as files; it receives the epochs of this sink
   * @return a sink with it
   */
  public WebhookSink<U> deadLettersTo(RowSink<RejectedRow<U>> sink) {
    return new WebhookSink<>(settings.withDeadLetters(requireNonNull(sink, "sink")));
  }

  /**
   * Sets the HTTP client, for instance for a proxy or a certificate. The default speaks HTTP/1.1
   * and follows no redirections.
   *
   * @param client the client
   * @return a sink with it
   */
  public WebhookSink<U> withClient(HttpClient client) {
    return new WebhookSink<>(settings.withClient(requireNonNull(client, "client")));
  }

  /**
   * Declares that the endpoint ignores a request whose idempotency key it has already accepted.
   *
   * @return the same sink with {@link SinkGuarantee#IDEMPOTENT}, so that the query is exactly-once
   */
  public WebhookSink<U> idempotent() {
    return new WebhookSink<>(settings.withGuarantee(SinkGuarantee.IDEMPOTENT));
  }

  @Override
  public String description() {
    return settings.description();
  }

  @Override
  public SinkGuarantee guarantee() {
    return settings.guarantee();
  }

  @Override
  public NodeAccess nodeAccess() {
    RowSink<RejectedRow<U>> deadLetters = settings.deadLetters();
    return deadLetters == null ? NodeAccess.shared() : deadLetters.nodeAccess();
  }

  @Override
  public SinkWriter<U> open(SinkContext context) throws Exception {
    RowSink<RejectedRow<U>> deadLetters = settings.deadLetters();
    SinkWriter<RejectedRow<U>> rejected = deadLetters == null ? null : deadLetters.open(context);
    return new WebhookWriter<>(settings, context, rejected);
  }

  private WebhookSink<U> withForm(RequestForm<U> form) {
    return new WebhookSink<>(settings.withForm(form));
  }

  private static int positive(String name, int number) {
    if (number < 1) {
      throw new IllegalArgumentException("%s must be positive, was [%d]".formatted(name, number));
    }
    return number;
  }
}
