package io.vellamo.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The page of metrics lists all meters. {@code mvn -pl modules/micrometer -am verify
 * -Dvellamo.write-docs=true} generates it.
 */
final class MetricsPageTest {
  private static final Path PAGE = Path.of("../../docs/reference/metrics.md");

  @Test
  void page_saysWhatTheMetersSay() throws IOException {
    String page = page();
    if (Boolean.getBoolean("vellamo.write-docs")) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).content().isEqualTo(page);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder("# Metrics\n\n")
            .append(
                "The meters of `vellamo-micrometer`, see [monitoring](../operations/monitoring.md)."
                    + " ")
            .append(
                "Other monitoring systems write the names in their own way; Prometheus has `_` for"
                    + " `.`, ")
            .append("appends the unit, and `_total` to counters.\n\n")
            .append("| meter | kind | unit | tags | meaning |\n|---|---|---|---|---|\n");
    for (QueryMeter meter : QueryMeter.values()) {
      page.append("| `").append(meter.id()).append("` | ");
      page.append(meter.kind().name().toLowerCase(Locale.ROOT)).append(" | ");
      page.append(meter.unit() == null ? "" : meter.unit()).append(" | ");
      page.append(String.join(", ", meter.tags())).append(" | ");
      page.append(meter.description()).append(" |\n");
    }
    return page.toString();
  }
}
