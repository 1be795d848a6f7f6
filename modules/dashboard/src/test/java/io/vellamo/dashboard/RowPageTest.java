package io.vellamo.dashboard;

import static io.vellamo.dashboard.ShownQuery.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The section of the page that explains a row, in a real browser. */
final class RowPageTest {
  private static final Duration LOADING = Duration.ofSeconds(30);
  private static final Path PICTURES = Path.of("target", "screenshots");

  @TempDir private Path profile;
  @TempDir private Path journal;
  private @Nullable Chromium browser;
  private @Nullable ShownQuery shown;
  private @Nullable VellamoDashboard dashboard;

  private BrowserPage start(String settings, boolean showData) throws Exception {
    Optional<Path> program = Chromium.program();
    if (program.isEmpty()) {
      LoggerFactory.getLogger(RowPageTest.class)
          .error(
              "SKIPPED: the explanation of rows is not tested, as this machine has no Chromium; install it, or set CHROMIUM to its program");
    }
    assumeTrue(program.isPresent(), "a Chromium on the path");
    Chromium started = Chromium.start(program.get(), profile);
    browser = started;
    ShownQuery query = new ShownQuery(journal, 8, settings);
    shown = query;
    query
        .add(order("ada", 10, 0), order("eve", 1, 1))
        .add(order("ada", 25, 60))
        .add(order("ada", 90, 120), order("ada", 7, 130), order("ada", 95, 140));
    VellamoDashboard served =
        VellamoDashboard.start(
            query.system,
            DashboardSettings.from(query.system.settings().config())
                .withPort(0)
                .withShowData(showData));
    dashboard = served;
    BrowserPage page = started.newPage();
    page.show(1000, 900, "light");
    page.go(served.address());
    page.await(LOADING, "document.querySelector('#connection.live')");
    return page;
  }

  @AfterEach
  void stop() throws Exception {
    if (dashboard != null) {
      dashboard.close();
    }
    if (shown != null) {
      shown.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void row_isExplained_fromTheHistoryOfItsGroup() throws Exception {
    BrowserPage page = start("\nvellamo.journal.record-inputs = on", true);
    page.value("document.getElementById('search-key').value = 'ada'");
    page.value("document.getElementById('search').requestSubmit()");
    page.await(LOADING, "document.querySelectorAll('#group-history .rows button').length === 2");

    page.value("document.querySelectorAll('#group-history .rows button')[1].click()");
    page.await(LOADING, "document.getElementById('why-timeline')");

    assertThat(page.value("document.getElementById('why-row').value").asText())
        .matches("orders/\\d+/\\d+/1");
    assertThat(page.text("#why-content")).isEqualTo("\"ada 95\"");
    assertThat(page.text("#why-reasons")).contains("called the group with 3 events.");
    assertThat(page.value("document.querySelectorAll('#why-timeline > li').length").asInt())
        .isEqualTo(3);
    assertThat(page.text("#why-timeline > li:first-child")).contains("\"amount\":10");
    assertThat(page.text("#why-timeline > li:nth-child(2)"))
        .contains("\"amount\":25", "\"orders\":2,\"amount\":35");
    assertThat(page.text("#why-timeline > .of-row"))
        .contains("emitted the row", "\"amount\":35", "\"amount\":227", "ada 90");
    assertThat(page.text("#why-timeline .wanted")).isEqualTo("\"ada 95\"");
    page.screenshot(PICTURES.resolve("why-light.png"), true);
    page.show(390, 844, "dark");
    page.await(LOADING, "document.documentElement.scrollWidth <= 390");
    page.screenshot(PICTURES.resolve("why-phone.png"), true);
    assertThat(page.errors()).isEmpty();
  }

  @Test
  void row_withoutRecordedInputs_tellsHowToSwitchThemOn() throws Exception {
    BrowserPage page = start("", true);
    page.value("document.getElementById('search-key').value = 'ada'");
    page.value("document.getElementById('search').requestSubmit()");
    page.await(LOADING, "document.querySelector('#group-history .rows button')");

    page.click("#group-history .rows button");
    page.await(LOADING, "document.getElementById('why-timeline')");

    assertThat(page.text("#why-reasons"))
        .contains("are not in the journal; it had 3 events", "set vellamo.journal.record-inputs");
    assertThat(page.text("#why-timeline > .of-row")).contains("Read from the sources", "until 6");
    assertThat(page.errors()).isEmpty();
  }

  @Test
  void textThatIsNoRow_isAnsweredWithTheRemedy_byKeyboardAlone() throws Exception {
    BrowserPage page = start("", true);

    page.value("document.getElementById('why-row').focus()");
    page.value("document.activeElement.value = 'orders/1/0'");
    page.press("Enter");

    page.await(LOADING, "document.querySelector('#why-origin .notice')");
    assertThat(page.text("#why-origin")).startsWith("row must be an id as sinks write it");
  }

  @Test
  void rows_areHiddenWithAllOtherData() throws Exception {
    BrowserPage page = start("", false);

    assertThat(page.value("document.getElementById('why').hidden").asBoolean()).isTrue();
    assertThat(page.value("document.getElementById('why-hidden').hidden").asBoolean()).isFalse();
  }
}
