package io.vellamo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.webhook.FaultyServer.Reply;
import io.vellamo.webhook.WebhookRun.Row;
import io.vellamo.webhook.WebhookRun.RowsOfShards;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sink beside a bare loop of the same client with the same requests. Takes a minute. */
@EnabledIfSystemProperty(named = "throughput", matches = "true")
final class WebhookThroughputTest {
  private static final int ROWS = 20_000;
  private static final int ROUNDS = 5;

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void sink_isAtLeastSevenTenthsAsFastAsABareLoop(int inFlight) throws Exception {
    List<Row> rows =
        IntStream.range(0, ROWS)
            .mapToObj(number -> new Row("k" + number % inFlight, number))
            .toList();
    long best = 0;
    long bestBare = 0;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.max(best, sink(rows, inFlight));
      bestBare = Math.max(bestBare, bare(inFlight));
    }
    System.out.printf(
        "%d in flight: sink %d rows a second, bare loop %d, %.2f%n",
        inFlight, best, bestBare, (double) best / bestBare);
    assertThat(best).isGreaterThan(bestBare * 7 / 10);
  }

  private static long sink(List<Row> rows, int inFlight) throws Exception {
    try (FaultyServer server = FaultyServer.start(request -> Reply.of(200));
        WebhookRun run =
            WebhookRun.open(
                WebhookRun.sink(server).orderedBy(Row::key).withMaxInFlight(inFlight))) {
      long start = System.nanoTime();
      run.writer().write(new RowsOfShards(1, rows, 1));
      return perSecond(start);
    }
  }

  private static long bare(int inFlight) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(inFlight);
    try (FaultyServer server = FaultyServer.start(request -> Reply.of(200))) {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      List<Callable<Boolean>> loops = new ArrayList<>();
      for (int i = 0; i < inFlight; i++) {
        loops.add(() -> send(client, server, ROWS / inFlight));
      }
      long start = System.nanoTime();
      for (var result : threads.invokeAll(loops)) {
        assertThat(result.get()).isTrue();
      }
      return perSecond(start);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean send(HttpClient client, FaultyServer server, int rows) throws Exception {
    boolean isAccepted = true;
    for (int number = 0; number < rows; number++) {
      HttpRequest request =
          HttpRequest.newBuilder(server.uri())
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", "q/" + number)
              .POST(BodyPublishers.ofString("{\"key\":\"k1\",\"number\":" + number + "}"))
              .build();
      isAccepted &= client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }
    return isAccepted;
  }

  private static long perSecond(long start) {
    return ROWS * 1_000_000_000L / (System.nanoTime() - start);
  }
}
