package io.vellamo.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The nodes of shards, on the dashboards of both nodes of a cluster. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class ClusterPageTest {
  private static final Duration LOADING = Duration.ofSeconds(60);
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String NODES = "document.querySelectorAll('#heat-nodes button')";

  @TempDir static Path profile;

  private static ShownCluster shown;
  private static VellamoDashboard first;
  private static VellamoDashboard other;

  @BeforeAll
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  static void start() throws Exception {
    shown = new ShownCluster();
    shown.add(200);
    first = dashboard(shown.first);
    other = dashboard(shown.other);
    await().atMost(LOADING).untilAsserted(() -> assertThat(hosted(first)).isEqualTo(expected()));
  }

  @AfterAll
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  static void stop() {
    first.close();
    other.close();
    shown.close();
  }

  private static VellamoDashboard dashboard(ActorSystem<?> system) {
    return VellamoDashboard.start(
        system, DashboardSettings.from(system.settings().config()).withPort(0));
  }

  /** Returns the nodes with the numbers of their shards, and the number of all. */
  private static Set<String> hosted(VellamoDashboard dashboard) throws Exception {
    JsonNode answer = new HttpCalls(dashboard.address()).json("api/queries/words/shards");
    Set<String> all = new TreeSet<>();
    Set<Integer> numbers = new TreeSet<>();
    for (JsonNode node : answer.path("nodes")) {
      JsonNode shards = node.path("shards").path("lengths");
      all.add(node.path("node").asText() + " hosts some: " + !shards.isEmpty());
      shards.forEach(number -> numbers.add(number.asInt()));
    }
    all.add(numbers.size() + " of " + answer.path("operators").path("lengths").size());
    return all;
  }

  private static Set<String> expected() {
    return new TreeSet<>(
        Set.of(
            ShownCluster.address(shown.first) + " hosts some: true",
            ShownCluster.address(shown.other) + " hosts some: true",
            ShownCluster.SHARDS + " of " + ShownCluster.SHARDS));
  }

  @Test
  void dashboardsOfBothNodes_tellTheNodesOfAllShards() throws Exception {
    assertThat(hosted(other)).isEqualTo(expected());
  }

  @Test
  void page_groupsShardsByNode_andANodeIsChosenByKeyboardAndOnAPhone() throws Exception {
    try (Chromium browser = Chromium.startFor(ClusterPageTest.class, profile);
        BrowserPage page = browser.newPage()) {
      page.show(390, 844, "light");
      page.go(first.address());
      page.await(LOADING, NODES + ".length === 2");
      String node = ShownCluster.address(shown.first).replaceAll("^.*@", "");

      assertThat(page.text("#heat-text")).startsWith("24 shards on 2 nodes");
      assertThat(page.value(NODES + "[0].textContent + " + NODES + "[1].textContent").asText())
          .contains(node + ": ", " shards, ");
      assertThat(page.value("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(390);

      page.value(NODES + "[0].focus()");
      page.press("Enter");
      page.await(LOADING, NODES + "[0].getAttribute('aria-pressed') === 'true'");
      page.value("document.getElementById('heat').focus()");
      page.press("Home");
      page.await(
          LOADING,
          "/^shard \\d+ on 127.0.0.1:\\d+:"
              + " /.test(document.getElementById('heat-text').textContent)");
      String shard = page.text("#heat-text");
      page.press("ArrowRight");
      assertThat(page.text("#heat-text")).isNotEqualTo(shard).startsWith("shard ");

      page.show(1240, 560, "light");
      page.value("document.getElementById('shards').scrollIntoView({ block: 'center' })");
      page.value("new Promise(requestAnimationFrame)");
      page.screenshot(PICTURES.resolve("dashboard-cluster.png"), false);
      assertThat(page.errors()).isEmpty();
    }
  }
}
