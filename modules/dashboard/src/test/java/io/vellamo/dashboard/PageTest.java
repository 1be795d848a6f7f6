package io.vellamo.dashboard;

import static io.vellamo.dashboard.ShownQuery.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
final class PageTest {
  private static final String TOKEN = "a-token-of-this-test";
  private static final Duration LOADING = Duration.ofSeconds(30);
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String SUM =
      "Number(document.getElementById('sum-%s').textContent.replaceAll(',', ''))";

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
    browser = Chromium.startFor(PageTest.class, profile);
  }

  @AfterAll
  static void stopBrowser() throws Exception {
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

  private void start(int shards, boolean showData) {
    shown = new ShownQuery(journal, shards);
    dashboard =
        VellamoDashboard.start(
            shown.system,
            DashboardSettings.from(shown.system.settings().config())
                .withPort(0)
                .withShowData(showData)
                .withToken(TOKEN));
  }

  private void load(int width, int height, String colors) throws Exception {
    page.show(width, height, colors);
    page.go(dashboard.address());
    page.await(LOADING, "document.querySelector('#connection.live')");
    page.await(LOADING, SUM.formatted("input") + " > 0");
  }

  @Test
  void page_showsTheNumbersOfTheApi_withoutErrors_andAsksNoOtherHost() throws Exception {
    start(8, true);
    shown.failing.add("bob");
    shown.add(order("ada", 10, 0), order("bob", 20, 1), order("eve", 85, 600));
    shown.add(order("old", 1, 0), order("ada", 2, 601));
    load(1200, 900, "light");
    JsonNode query = new HttpCalls(dashboard.address()).json("api/queries/orders");

    for (String figure : new String[] {"input", "processed", "late"}) {
      assertThat(page.value(SUM.formatted(figure)).asLong())
          .as(figure)
          .isEqualTo(query.path("progress").path("total").path(figure).asLong())
          .isPositive();
    }
    assertThat(page.text("#tile-epoch")).isEqualTo(query.path("progress").path("epoch").asText());
    assertThat(page.text("#tile-parked")).isEqualTo("1");
    assertThat(page.text("#status")).isEqualTo(query.path("status").path("message").asText());
    assertThat(page.text("#held")).isEqualTo(query.path("watermarkExplanation").asText());
    page.await(LOADING, "document.querySelectorAll('#pipeline .node').length === 3");
    page.await(LOADING, "document.querySelectorAll('.charts canvas').length === 4");
    page.await(
        LOADING, "document.getElementById('explain').textContent.startsWith('query [orders]')");
    assertThat(page.errors()).isEmpty();
    assertThat(page.requests())
        .hasSizeGreaterThan(15)
        .allMatch(address -> address.startsWith(dashboard.address().toString()));
  }

  @Test
  void newEpoch_isShownWithinTwoSeconds() throws Exception {
    start(8, false);
    shown.add(order("ada", 10, 0));
    load(1200, 900, "light");

    shown.add(order("ada", 20, 1), order("eve", 30, 2));

    page.await(TWO_SECONDS, SUM.formatted("input") + " === 3");
    assertThat(page.errors()).isEmpty();
  }

  @Test
  void redrive_asksForTheToken_andTheGroupGoesOn() throws Exception {
    start(8, true);
    shown.failing.add("bob");
    shown.add(order("bob", 85, 0));
    load(1200, 900, "light");
    page.await(LOADING, "document.querySelector('[data-action=redrive]')");
    assertThat(page.text(".parked")).contains("bob", "the account of bob is locked");
    shown.failing.clear();

    page.click("[data-action=redrive]");
    page.await(LOADING, "document.getElementById('confirm').open");
    page.value("document.getElementById('confirm-token').value = '" + TOKEN + "'");
    page.click("#confirm-yes");

    page.await(LOADING, "document.getElementById('tile-parked').textContent === '0'");
    page.await(LOADING, "!document.querySelector('.parked')");
    assertThat(shown.rows.rows()).containsExactly("bob 85");
    assertThat(page.errors()).isEmpty();
  }

  @Test
  void search_showsStateAndHistory_byKeyboardAlone() throws Exception {
    start(8, true);
    shown.add(order("ada", 10, 0)).add(order("ada", 90, 1)).add(order("ada", 1, 2));
    load(1200, 900, "light");

    page.value("document.getElementById('search-key').focus()");
    page.value("document.activeElement.value = 'ada'");
    page.press("Enter");
    page.await(LOADING, "document.querySelector('#group-history input')");

    assertThat(page.text("#group-now")).contains("\"amount\": 101");
    assertThat(page.text("#group-history")).contains("3 epochs", "\"amount\": 101");
    page.value(
        "(() => { const range = document.getElementById('epochs'); range.value = 1;"
            + " range.dispatchEvent(new Event('input')); })()");
    assertThat(page.text("#group-history")).contains("\"amount\": 100", "ada 90");
    assertThat(page.errors()).isEmpty();
  }

  @Test
  void hiddenData_isNotOnThePage() throws Exception {
    start(8, false);
    shown.failing.add("bob-the-key");
    shown.add(order("bob-the-key", 1, 0), order("ada-the-key", 1, 0));
    load(1200, 900, "light");
    page.await(LOADING, "document.querySelector('.parked')");
    page.await(LOADING, "!document.getElementById('hot').hidden");

    String everything = page.value("document.documentElement.outerHTML").asText();
    assertThat(everything)
        .contains("its key is hidden")
        .doesNotContain("bob-the-key", "ada-the-key", ShownQuery.SECRET, "locked");
    assertThat(page.value("document.getElementById('search').hidden").asBoolean()).isTrue();
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void idleQuery_causesNoRequests_untilItsNextEpoch() throws Exception {
    start(8, false);
    shown.add(order("ada", 10, 0));
    load(1200, 900, "light");
    page.await(LOADING, "document.getElementById('heat-text').textContent");

    AtomicInteger requests = new AtomicInteger();
    Awaitility.await()
        .during(Duration.ofSeconds(12))
        .atMost(Duration.ofSeconds(60))
        .until(() -> requests.getAndSet(page.requests().size()) == page.requests().size());

    shown.failing.add("bob");
    shown.add(order("bob", 1, 0));
    page.await(LOADING, "document.querySelector('.parked')");
  }

  @Test
  void pictures_areTaken() throws Exception {
    start(256, true);
    shown.failing.add("customer-3");
    shown.addMany(40, 1500, 4000).add(order("late", 1, 0));
    for (String colors : new String[] {"light", "dark"}) {
      load(1240, 1240, colors);
      page.await(LOADING, "document.querySelector('.parked')");
      page.value("document.getElementById('search-key').value = 'customer-1'");
      page.value("document.getElementById('search').requestSubmit()");
      page.await(LOADING, "document.querySelector('#group-history, #group .notice')");
      page.screenshot(PICTURES.resolve("dashboard-" + colors + ".png"), false);
      page.screenshot(PICTURES.resolve("whole-" + colors + ".png"), true);
      load(390, 844, colors);
      page.await(LOADING, "document.querySelector('.parked')");
      assertThat(page.value("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(390);
      page.screenshot(PICTURES.resolve("phone-" + colors + ".png"), true);
    }
    assertThat(page.errors()).isEmpty();
    assertThat(PICTURES.resolve("dashboard-light.png")).isNotEmptyFile();
  }
}
