package io.vellamo.samples.pager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The open incidents of the endpoint, and the line that it prints for each event. */
final class OpenPages {
  // Sources by deduplication key.
  private final Map<String, String> sources = new HashMap<>();
  private long opened;
  private long reminders;
  private long closed;

  PageCounts counts() {
    return new PageCounts(opened, reminders, closed, sources.size());
  }

  /** Applies an event, and returns its line. */
  String receive(JsonNode event) {
    String key = event.path("dedup_key").asText();
    JsonNode payload = event.path("payload");
    if (event.path("event_action").asText().equals("resolve")) {
      String source = sources.remove(key);
      closed += source == null ? 0 : 1;
      return line("RESOLVE", "", source == null ? "an unknown incident" : source, key);
    }
    boolean isNew = sources.put(key, payload.path("source").asText()) == null;
    opened += isNew ? 1 : 0;
    reminders += isNew ? 0 : 1;
    return line(
        isNew ? "TRIGGER" : "  still open",
        payload.path("severity").asText(),
        payload.path("summary").asText(),
        key);
  }

  private static String line(String action, String severity, String text, String key) {
    // The rule and the first digits of the hash are enough to recognize an incident.
    int colon = key.lastIndexOf(':');
    String incident = colon < 0 ? key : key.substring(0, Math.min(key.length(), colon + 7));
    return String.format(Locale.ROOT, "%-12s  %-8s  %-26s  %s", action, severity, text, incident);
  }
}
