package io.vellamo.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.cli.journal.BadUsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The queries of a dashboard that the user means. */
final class Selection {
  private Selection() {}

  /**
   * Returns the queries of a dashboard.
   *
   * @param only the name of the only one; null for all
   * @throws BadUsageException if there is none of that name
   */
  static List<JsonNode> of(DashboardClient client, @Nullable String only)
      throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    client.queries().forEach(all::add);
    if (only == null) {
      return all;
    }
    List<JsonNode> selected = all.stream().filter(query -> name(query).equals(only)).toList();
    if (selected.isEmpty()) {
      throw new BadUsageException(
          "QUERY must be one that the dashboard at %s shows, was [%s]; it shows [%s]"
              .formatted(
                  client.address(),
                  only,
                  all.stream().map(Selection::name).collect(Collectors.joining(", "))));
    }
    return selected;
  }

  static String name(JsonNode query) {
    return query.path("name").asText();
  }
}
