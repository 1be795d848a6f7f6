package io.vellamo.webhook;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.SinkException;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.webhook.FaultyServer.Ending;
import io.vellamo.webhook.FaultyServer.Reply;
import io.vellamo.webhook.FaultyServer.Request;
import io.vellamo.webhook.WebhookRun.Row;
import io.vellamo.webhook.WebhookRun.RowsOfShards;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single requests, against an endpoint that fails. */
@Timeout(30)
final class WebhookSinkTest {
  private static final Row ROW = new Row("a", 1);

  @Test
  void row_isSentAsJsonWithItsKey() throws Exception {
    try (FaultyServer server = FaultyServer.inTurn();
        WebhookRun run =
            WebhookRun.open(WebhookRun.sink(server).withHeader("Authorization", "Bearer x"))) {
      run.write(7, ROW);

      Request request = server.received().get(0);
      assertThat(request.body()).isEqualTo("{\"key\":\"a\",\"number\":1}");
      assertThat(request.headers())
          .containsEntry("content-type", "application/json")
          .containsEntry("authorization", "Bearer x")
          .containsEntry("idempotency-key", "q+1/6f1c1f0e-6f0b-4d36-9e0c-2f4f8d8a2b11/7/0/0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 501, 408, 425, 429, 502, 503, 504})
  void retryableStatus_isRetriedWithTheSameKeyAndBody(int status) throws Exception {
    try (FaultyServer server = FaultyServer.inTurn(Reply.of(status), Reply.of(status));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server))) {
      run.write(1, ROW);

      assertThat(server.received()).hasSize(3);
      assertThat(server.received())
          .extracting(Request::key)
          .containsOnly(server.received().get(0).key());
      assertThat(server.received())
          .extracting(Request::body)
          .containsOnly("{\"key\":\"a\",\"number\":1}");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Ending.class, mode = EnumSource.Mode.EXCLUDE, names = "COMPLETE")
  void incompleteAnswer_isRetried(Ending ending) throws Exception {
    try (FaultyServer server = FaultyServer.inTurn(Reply.that(ending));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server).withTimeout(ofMillis(300)))) {
      run.write(1, ROW);

      assertThat(server.received()).hasSize(2);
      assertThat(server.received())
          .extracting(Request::key)
          .containsOnly(server.received().get(0).key());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"NEVER", "STALLS_IN_THE_ANSWER"})
  void requestThatTimesOut_endsItsConnection(Ending ending) throws Exception {
    try (FaultyServer server = FaultyServer.inTurn(Reply.that(ending));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server).withTimeout(ofMillis(300)))) {
      run.write(1, ROW);

      server.awaitAbandoned();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Retry-After: 1'",
    "'Date: Sat, 28 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 28 Nov 2026 10:00:01 GMT'"
  })
  void retryAfter_isHonoured(String headers) throws Exception {
    try (FaultyServer server = FaultyServer.inTurn(Reply.of(429, headers + "\r\n"));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server))) {
      run.write(1, ROW);

      List<Request> requests = server.received();
      Duration between = Duration.ofNanos(requests.get(1).nanos() - requests.get(0).nanos());
      assertThat(between).isBetween(ofMillis(990), ofSeconds(5));
    }
  }

  @Test
  void retryAfter_ofMoreThanAMinute_failsAtOnce() throws Exception {
    try (FaultyServer server = FaultyServer.inTurn(Reply.of(503, "Retry-After: 61\r\n"));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server))) {
      assertThatThrownBy(() -> run.write(1, ROW))
          .isInstanceOf(RetryableException.class)
          .hasMessageContaining("found [status 503] after [Retry-After of PT1M1S]");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void endpoint_thatIsUnreachable_isRetryable() throws Exception {
    URI nowhere;
    try (FaultyServer server = FaultyServer.inTurn()) {
      nowhere = server.uri();
    }
    MemorySink<RejectedRow<Row>> rejected = MemorySink.create();
    WebhookSink<Row> sink =
        Webhook.<Row>sink(nowhere).withRetries(3, ofMillis(1), ofMillis(1)).deadLettersTo(rejected);
    try (WebhookRun run = WebhookRun.open(sink)) {
      assertThatThrownBy(() -> run.write(1, ROW))
          .isInstanceOf(RetryableException.class)
          .hasMessage(
              "Endpoint of sink [Webhook[http://127.0.0.1:%d]] must be available, found [ConnectException] after [3 attempts]; start it, or give the query's retries more time"
                  .formatted(nowhere.getPort()));
      assertThat(rejected.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 502, 503, 504})
  void endpoint_thatStaysUnavailable_isRetryable(int status) throws Exception {
    MemorySink<RejectedRow<Row>> rejected = MemorySink.create();
    try (FaultyServer server = FaultyServer.start(request -> Reply.of(status));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server).deadLettersTo(rejected))) {
      assertThatThrownBy(() -> run.write(1, ROW))
          .isInstanceOf(RetryableException.class)
          .hasMessageContaining("found [status %d] after [3 attempts]".formatted(status));
      assertThat(server.received()).hasSize(3);
      assertThat(rejected.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"400, 1", "404, 1", "410, 1", "307, 1", "500, 3"})
  void rowThatIsRejected_isADeadLetter(int status, int attempts) throws Exception {
    MemorySink<RejectedRow<Row>> rejected = MemorySink.create();
    try (FaultyServer server =
            FaultyServer.start(request -> Reply.of(request.body().contains(":1}") ? status : 200));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server).deadLettersTo(rejected))) {
      run.write(1, ROW, new Row("a", 2));

      assertThat(rejected.rows())
          .containsExactly(
              new RejectedRow<>(server.received().get(0).key(), ROW, status, attempts));
      assertThat(server.received()).hasSize(attempts + 1);
    }
  }

  @Test
  void rowThatIsRejected_withoutDeadLetters_failsWithoutPayloadAndSecrets() throws Exception {
    try (FaultyServer server = FaultyServer.start(request -> Reply.of(401));
        WebhookRun run =
            WebhookRun.open(WebhookRun.sink(server).withHeader("Authorization", "hush"))) {
      assertThatThrownBy(() -> run.write(1, new Row("private", 1)))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("must accept row [q 1/1/0/0], answered with [status 401]")
          .hasMessageNotContainingAny("private", "hush", "secret-path");
    }
  }

  @Test
  void rows_ofDifferentKeys_areSentAtTheSameTimeUpToALimit() throws Exception {
    List<Row> rows = IntStream.range(0, 40).mapToObj(i -> new Row("k" + i % 10, i)).toList();
    try (FaultyServer server = FaultyServer.start(request -> Reply.of(200).after(20));
        WebhookRun run =
            WebhookRun.open(WebhookRun.sink(server).orderedBy(Row::key).withMaxInFlight(3))) {
      run.writer().write(new RowsOfShards(1, rows, 1));

      assertThat(server.mostInFlight()).isEqualTo(3);
      assertThat(server.received()).hasSize(40);
    }
  }

  @Test
  void rows_ofOneShard_areSentOneByOne() throws Exception {
    List<Row> rows = IntStream.range(0, 20).mapToObj(i -> new Row("k" + i, i)).toList();
    try (FaultyServer server = FaultyServer.start(request -> Reply.of(200).after(2));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server))) {
      run.writer().write(new RowsOfShards(1, rows, 1));
      assertThat(server.mostInFlight()).isEqualTo(1);

      run.writer().write(new RowsOfShards(2, rows, 4));
      assertThat(server.mostInFlight()).isBetween(2, 4);
    }
  }

  @Test
  void metrics_countRowsRetriesAndRejections() throws Exception {
    MemorySink<RejectedRow<Row>> rejected = MemorySink.create();
    try (FaultyServer server = FaultyServer.inTurn(Reply.of(500), Reply.of(200), Reply.of(400));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server).deadLettersTo(rejected))) {
      run.write(1, new Row("a", 1), new Row("a", 2));
      run.write(2, new Row("a", 3));

      assertThat(run.writer().metrics())
          .containsEntry("rowsWritten", 2L)
          .containsEntry("retries", 1L)
          .containsEntry("rejectedRows", 1L)
          .containsKey("lastWriteMillis");
    }
  }

  @Test
  void batch_isAnArrayWithOneKey() throws Exception {
    try (FaultyServer server = FaultyServer.inTurn(Reply.of(500));
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server).inBatchesOf(2))) {
      run.write(1, new Row("a", 1), new Row("a", 2), new Row("a", 3));

      assertThat(server.received())
          .extracting(Request::body)
          .containsExactly(
              "[{\"key\":\"a\",\"number\":1},{\"key\":\"a\",\"number\":2}]",
              "[{\"key\":\"a\",\"number\":1},{\"key\":\"a\",\"number\":2}]",
              "[{\"key\":\"a\",\"number\":3}]");
      assertThat(server.received())
          .extracting(request -> request.key().replaceAll(".*/1/", "1/"))
          .containsExactly("1/0/0+2", "1/0/0+2", "1/0/2+1");
    }
  }

  @Test
  void batchThatIsRejected_isDividedUntilTheRejectedRowsAreFound() throws Exception {
    MemorySink<RejectedRow<Row>> rejected = MemorySink.create();
    Row[] rows = IntStream.range(10, 20).mapToObj(i -> new Row("a", i)).toArray(Row[]::new);
    try (FaultyServer server =
            FaultyServer.start(
                request -> Reply.of(request.body().matches(".*:1[37]}.*") ? 422 : 200));
        WebhookRun run =
            WebhookRun.open(WebhookRun.sink(server).inBatchesOf(8).deadLettersTo(rejected))) {
      run.write(1, rows);

      assertThat(rejected.rows()).extracting(of -> of.row().number()).containsExactly(13, 17);
      String accepted = server.accepted().stream().map(Request::body).reduce("", String::concat);
      assertThat(accepted.replaceAll("\\D+", " ").strip()).isEqualTo("10 11 12 14 15 16 18 19");
    }
  }

  @Test
  void writer_thatIsInterrupted_endsItsRequests() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (FaultyServer server =
            FaultyServer.start(
                request -> {
                  arrived.countDown();
                  return Reply.that(Ending.NEVER);
                });
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server))) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  run.write(1, ROW);
                } catch (Exception e) {
                  failure.set(e);
                }
              });
      thread.start();
      arrived.await();
      thread.interrupt();
      thread.join();

      assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void rowThatJacksonCanNotWrite_isNamedByItsClass() throws Exception {
    try (FaultyServer server = FaultyServer.inTurn();
        WebhookRun run = WebhookRun.open(WebhookRun.sink(server).withBody(row -> new Object()))) {
      assertThatThrownBy(() -> run.write(1, ROW))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("row of class [%s]".formatted(Row.class.getName()))
          .hasMessageContaining("is of class [java.lang.Object]");
    }
  }

  @Test
  void settings_outOfRange_areRefusedWithoutSecrets() throws IOException {
    WebhookSink<Row> sink = Webhook.sink(URI.create("https://example.org/hook?token=hush"));

    assertThat(sink.description()).isEqualTo("Webhook[https://example.org]");
    assertThatThrownBy(() -> Webhook.sink(URI.create("https://me:hush@example.org/")))
        .hasMessageStartingWith("endpoint must be an absolute http or https address")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> Webhook.sink(URI.create("file:/x")))
        .hasMessageContaining("has scheme [file] and host [null]");
    assertThatThrownBy(() -> sink.withHeader("Host", "hush\n"))
        .hasMessageContaining("was [Host]")
        .hasMessageNotContaining("hush")
        .hasNoCause();
    assertThatThrownBy(() -> sink.withMaxInFlight(0))
        .hasMessage("requests must be positive, was [0]");
    assertThatThrownBy(() -> sink.withTimeout(Duration.ZERO))
        .hasMessage("timeout must be positive, was [PT0S]");
    assertThatThrownBy(() -> sink.withRetries(0, Duration.ZERO, Duration.ZERO))
        .hasMessage("attempts must be positive, was [0]; 1 means no retry");
    assertThatThrownBy(() -> sink.withRetries(1, ofSeconds(2), ofSeconds(1)))
        .hasMessageContaining("were [PT2S, PT1S]");
  }
}
