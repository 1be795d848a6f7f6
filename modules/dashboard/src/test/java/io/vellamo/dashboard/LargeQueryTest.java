package io.vellamo.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a query with many shards and many groups, in a real browser. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class LargeQueryTest {
  private static final Duration LOADING = Duration.ofSeconds(60);
  private static final Duration SEARCH = Duration.ofSeconds(5);
  private static final double FRAME_MILLIS = 16;

  /** Allows for the other processes of a busy machine, which interrupt single frames. */
  private static final double WORST_MILLIS = 500;

  private static final long MEGABYTE = 1L << 20;

  /** Notes how long each frame's work takes. */
  private static final String RECORD =
      """
      window.frames_ = [];
      const next = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (task) => next((time) => {
        const began = performance.now();
        task(time);
        window.frames_.push(performance.now() - began);
      });
      """;

  private static final String FRAMES =
      """
      (() => {
        const sorted = window.frames_.sort((a, b) => a - b);
        return { count: sorted.length, median: sorted[sorted.length >> 1], worst: sorted.at(-1) };
      })()\
      """;

  @TempDir static Path profile;
  private static Chromium browser;

  @TempDir Path journal;

  @SuppressWarnings("NullAway.Init") // set by start, which each test calls
  private ShownQuery shown;

  @SuppressWarnings("NullAway.Init")
  private VellamoDashboard dashboard;

  private BrowserPage page;

  @BeforeAll
  static void startBrowser() throws Exception {
    browser = Chromium.startFor(LargeQueryTest.class, profile);
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void openPage() throws Exception {
    page = browser.newPage();
  }

  @AfterEach
  void stop() {
    page.close();
    if (dashboard != null) {
      dashboard.close();
      shown.close();
    }
  }

  private void start(int shards) {
    shown = new ShownQuery(journal, shards);
    dashboard =
        VellamoDashboard.start(
            shown.system,
            DashboardSettings.from(shown.system.settings().config())
                .withPort(0)
                .withShowData(true));
  }

  private void load() throws Exception {
    page.show(1200, 900, "light");
    page.go(dashboard.address());
    page.await(LOADING, "document.querySelector('#connection.live')");
    page.await(LOADING, "document.getElementById('heat-text').textContent");
  }

  @Test
  void thousandShards_areDrawnWithinAFrame_whenEpochsCommitAndWhenTheFigureChanges()
      throws Exception {
    start(1000);
    shown.addMany(3, 8000, 20_000);
    load();
    assertThat(page.text("#heat-text")).matches("1,000 shards; the largest.*");
    page.value(RECORD);

    shown.addMany(20, 4000, 20_000);
    page.value(
        """
        (async () => {
          const select = document.getElementById('shards-metric');
          for (const metric of Array(15).fill(['bytes', 'input', 'call', 'groups']).flat()) {
            select.value = metric;
            select.dispatchEvent(new Event('change'));
            await new Promise(requestAnimationFrame);
          }
        })()\
        """);
    JsonNode frames = page.value(FRAMES);

    assertThat(frames.path("count").asInt()).isGreaterThan(60);
    assertThat(frames.path("median").asDouble()).as("%s", frames).isBetween(0.0, FRAME_MILLIS);
    assertThat(frames.path("worst").asDouble()).as("%s", frames).isLessThan(WORST_MILLIS);
    assertThat(page.errors()).isEmpty();
  }

  @Test
  void hundredThousandGroups_areSearchedQuickly_andCostThePageAndTheServerNothing()
      throws Exception {
    start(32);
    shown.addCustomers(100_000);
    assertThat(shown.query.lastProgress().orElseThrow().state().groups()).isEqualTo(100_000);
    load();
    page.await(LOADING, "document.getElementById('tile-groups').textContent === '100,000'");
    long before = usedMegabytes();

    for (int customer : new int[] {7, 99_999, 54_321}) {
      page.value("document.getElementById('search-key').value = 'customer-%d'".formatted(customer));
      page.value("document.getElementById('search').requestSubmit()");
      page.await(
          SEARCH,
          "document.getElementById('group-now')?.textContent.includes('\"amount\": %d')"
              .formatted(customer));
    }

    assertThat(usedMegabytes() - before).isLessThan(32);
    assertThat(page.value("document.getElementsByTagName('*').length").asInt()).isLessThan(2000);
    assertThat(page.errors()).isEmpty();
  }

  /** Returns the memory that is in use after a garbage collection. */
  private static long usedMegabytes() {
    Runtime.getRuntime().gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEGABYTE;
  }
}
