package io.vellamo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ListEpochRows;
import io.vellamo.testkit.StreamingQueryHarness;
import io.vellamo.webhook.FaultyServer.Ending;
import io.vellamo.webhook.FaultyServer.Reply;
import io.vellamo.webhook.FaultyServer.Request;
import io.vellamo.webhook.WebhookRun.Row;
import io.vellamo.webhook.WebhookRun.RowsOfShards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many rows, against an endpoint that fails at random, and restarts of writer and query. */
@Timeout(60)
final class WebhookFaultsTest {
  private static final List<Reply> FAULTS =
      List.of(
          Reply.of(502),
          Reply.of(503),
          Reply.of(429, "Retry-After: 0\r\n"),
          Reply.that(Ending.RESET_BEFORE_THE_ANSWER),
          Reply.that(Ending.RESET_IN_THE_ANSWER),
          Reply.of(200).after(3));

  private static final Pattern ROW_IN_JSON =
      Pattern.compile("\\{\"key\":\"(\\w+)\",\"number\":(\\d+)}");

  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("seeds", 12));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomFaults_loseNothingAndKeepTheOrderOfEachKey(int seed) throws Exception {
    Random random = new Random(seed);
    Random faults = new Random(~seed);
    int batch = random.nextInt(4);
    try (FaultyServer server =
        FaultyServer.start(
            request -> {
              synchronized (faults) {
                return faults.nextInt(4) == 0
                    ? FAULTS.get(faults.nextInt(FAULTS.size()))
                    : Reply.of(200);
              }
            })) {
      WebhookSink<Row> sink =
          WebhookRun.sink(server)
              .withRetries(2, Duration.ofMillis(1), Duration.ofMillis(2))
              .orderedBy(Row::key)
              .withMaxInFlight(random.nextInt(1, 6));
      sink = batch == 0 ? sink : sink.inBatchesOf(batch);
      List<Row> all = new ArrayList<>();
      for (int epoch = 1; epoch <= 4; epoch++) {
        List<Row> rows = rows(random, all.size());
        all.addAll(rows);
        writeUntilAccepted(sink, new RowsOfShards(epoch, rows, 3));
      }

      assertThat(acceptedByKey(server.accepted())).isEqualTo(numbersByKey(all));
    }
  }

  private static List<Row> rows(Random random, int first) {
    return IntStream.range(first, first + random.nextInt(40))
        .mapToObj(number -> new Row("k" + random.nextInt(5), number))
        .toList();
  }

  /** Writes as a query does: after a retryable failure, on a new writer. */
  private static void writeUntilAccepted(WebhookSink<Row> sink, RowsOfShards rows)
      throws Exception {
    boolean isWritten = false;
    while (!isWritten) {
      try (WebhookRun run = WebhookRun.open(sink)) {
        run.writer().write(rows);
        isWritten = true;
      } catch (RetryableException e) {
        isWritten = false;
      }
    }
  }

  private static Map<String, List<Integer>> numbersByKey(List<Row> rows) {
    Map<String, List<Integer>> numbers = new LinkedHashMap<>();
    rows.forEach(
        row -> numbers.computeIfAbsent(row.key(), none -> new ArrayList<>()).add(row.number()));
    return numbers;
  }

  /** Returns the numbers that an endpoint has that ignores known keys. */
  private static Map<String, List<Integer>> acceptedByKey(List<Request> accepted) {
    Map<String, String> byKey = new LinkedHashMap<>();
    accepted.forEach(request -> byKey.putIfAbsent(request.key(), request.body()));
    Map<String, List<Integer>> numbers = new LinkedHashMap<>();
    for (String body : byKey.values()) {
      ROW_IN_JSON
          .matcher(body)
          .results()
          .forEach(
              row ->
                  numbers
                      .computeIfAbsent(row.group(1), none -> new ArrayList<>())
                      .add(Integer.parseInt(row.group(2))));
    }
    return numbers;
  }

  @Test
  void query_thatIsRestarted_sendsTheSameKeysAgain() throws Exception {
    boolean[] isDown = {true};
    MemorySource<Row> source = MemorySource.create();
    try (FaultyServer server =
        FaultyServer.start(
            request -> Reply.of(isDown[0] && request.body().contains(":2}") ? 503 : 200))) {
      StreamingQueryHarness<Row, Row> query =
          StreamingQueryHarness.start(
              rows -> source.addTo(0, rows),
              List::of,
              start -> start.from(source).to(WebhookRun.sink(server)));
      query.expectFailure(
          RetryableException.class, down -> down.add(new Row("a", 1), new Row("a", 2)));
      isDown[0] = false;
      query.restart().add(new Row("a", 3)).close();

      List<String> accepted = server.accepted().stream().map(Request::body).toList();
      List<String> keys = server.accepted().stream().map(Request::key).toList();
      assertThat(accepted.stream().map(body -> body.replaceAll("\\D", "")).toList())
          .containsExactly("1", "1", "2", "3");
      assertThat(keys.get(0)).isEqualTo(keys.get(1));
      assertThat(keys.stream().distinct()).hasSize(3);
    }
  }

  @Test
  void query_thatStartsAgainWithAnEmptyJournal_sendsOtherKeys() throws Exception {
    try (FaultyServer server = FaultyServer.inTurn()) {
      for (int i = 0; i < 2; i++) {
        SinkContext context = new SinkContext("q", new UUID(0, i), 0);
        try (SinkWriter<Row> writer = WebhookRun.sink(server).open(context)) {
          writer.write(ListEpochRows.of("q", 1, new Row("a", 1)));
        }
      }

      assertThat(server.accepted()).extracting(Request::key).doesNotHaveDuplicates().hasSize(2);
    }
  }
}
