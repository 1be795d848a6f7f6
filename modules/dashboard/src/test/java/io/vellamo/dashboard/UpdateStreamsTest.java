package io.vellamo.dashboard;

import static io.vellamo.dashboard.ShownQuery.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vellamo.actors.Vellamo;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The updates that clients get, and those that they don't. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class UpdateStreamsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ShownQuery shown;
  private VellamoDashboard dashboard;

  @BeforeEach
  void start(@TempDir Path dir) {
    shown = new ShownQuery(dir, 2);
    dashboard =
        VellamoDashboard.start(
            shown.system, DashboardSettings.from(shown.system.settings().config()).withPort(0));
  }

  @AfterEach
  void stop() {
    dashboard.close();
    shown.close();
  }

  @Test
  void idleQuery_sendsNothing_andTheNextEpochGoesToAllClients() throws Exception {
    shown.add(order("ada", 10, 0));
    List<List<String>> clients = List.of(listen(), listen());
    clients.forEach(lines -> await().atMost(PATIENCE).until(() -> contains(lines, "\"input\":1")));

    AtomicInteger sent = new AtomicInteger();
    await()
        .during(Duration.ofSeconds(12))
        .atMost(Duration.ofSeconds(60))
        .until(() -> sent.getAndSet(count(clients)) == count(clients));
    shown.add(order("ada", 20, 1));

    clients.forEach(lines -> await().atMost(PATIENCE).until(() -> contains(lines, "\"input\":2")));
  }

  @Test
  void textOfAnUpdate_isMadeOnce() throws Exception {
    LiveUpdates updates = new LiveUpdates(new Disclosure(false));
    shown.add(order("ada", 10, 0));
    updates.onQueryProgress(shown.query.lastProgress().orElseThrow());

    String first = updates.after(0, Duration.ZERO).get(0).text();
    String second = updates.after(0, Duration.ZERO).get(0).text();

    assertThat(first).startsWith("event: progress\ndata: {").isSameAs(second);
  }

  @Test
  void health_thatChanges_isReportedByTheNextLook() throws Exception {
    List<String> changed = new ArrayList<>();
    StatusComparison comparison =
        new StatusComparison(
            Vellamo.get(shown.system).queries(), new Disclosure(false), changed::add);
    shown.add(order("ada", 10, 0));
    comparison.look();
    // The status changes once more after the epoch.
    await()
        .during(Duration.ofSeconds(1))
        .atMost(PATIENCE)
        .until(
            () -> {
              changed.clear();
              comparison.look();
              return changed.isEmpty();
            });
    shown.failing.add("bob");
    shown.add(order("bob", 10, 0));

    comparison.look();

    assertThat(changed).containsExactly("orders");
  }

  /** Returns the number of lines without comments, which are there to find closed tabs. */
  private static int count(List<List<String>> clients) {
    return clients.stream()
        .mapToInt(lines -> (int) lines.stream().filter(line -> line.startsWith("data")).count())
        .sum();
  }

  private static boolean contains(List<String> lines, String text) {
    return lines.stream().anyMatch(line -> line.contains(text));
  }

  /** Returns the lines that a client gets, as they arrive. */
  private List<String> listen() {
    List<String> lines = new CopyOnWriteArrayList<>();
    HttpRequest request = HttpRequest.newBuilder(dashboard.address().resolve("api/events")).build();
    CompletableFuture<Void> ended =
        HttpClient.newHttpClient()
            .sendAsync(request, BodyHandlers.ofLines())
            .thenAccept(response -> response.body().forEach(lines::add));
    assertThat(ended).isNotCompletedExceptionally();
    return lines;
  }
}
