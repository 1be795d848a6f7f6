package io.vellamo.cli.dashboard;

import io.vellamo.cli.journal.BadUsageException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands on a dashboard; set by picocli. */
final class DashboardOptionsMixin {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The address of a dashboard. Default: ${DEFAULT-VALUE}")
  private String url = "http://127.0.0.1:7474/";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows these options")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  /** Returns the dashboard. */
  DashboardClient client() {
    return new DashboardClient(address());
  }

  private URI address() {
    URI address = parsed();
    if (address == null
        || address.getHost() == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || !List.of("http", "https").contains(address.getScheme())) {
      throw new BadUsageException(
          "--url must be the address of a dashboard, such as http://127.0.0.1:7474/, was [%s]"
              .formatted(url));
    }
    return address;
  }

  private @Nullable URI parsed() {
    try {
      return URI.create(url.endsWith("/") ? url : url + "/");
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
