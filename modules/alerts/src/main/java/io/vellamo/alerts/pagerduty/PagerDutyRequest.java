package io.vellamo.alerts.pagerduty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a request. Its text omits the routing key. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PagerDutyRequest(
    @JsonProperty("routing_key") String routingKey,
    @JsonProperty("event_action") String action,
    @JsonProperty("dedup_key") String dedupKey,
    @JsonProperty("payload") @Nullable Payload payload,
    @JsonProperty("client") @Nullable String client) {
  private static final int LONGEST_SUMMARY = 1024;

  /** The description of an incident. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Payload(
      @JsonProperty("summary") String summary,
      @JsonProperty("source") String source,
      @JsonProperty("severity") String severity,
      @JsonProperty("timestamp") @Nullable Instant timestamp,
      @JsonProperty("custom_details") Map<String, String> details) {}

  static PagerDutyRequest of(String routingKey, PagerDutyEvent event) {
    boolean isTrigger = event.action() == PagerDutyAction.TRIGGER;
    Payload payload =
        new Payload(
            shortened(event.summary()),
            event.source(),
            event.severity().name().toLowerCase(Locale.ROOT),
            event.timestamp(),
            event.details());
    return new PagerDutyRequest(
        routingKey,
        event.action().text(),
        event.dedupKey(),
        isTrigger ? payload : null,
        isTrigger ? "Vellamo" : null);
  }

  private static String shortened(String summary) {
    if (summary.length() <= LONGEST_SUMMARY) {
      return summary;
    }
    // Not in the middle of a surrogate pair.
    int end =
        LONGEST_SUMMARY - (Character.isHighSurrogate(summary.charAt(LONGEST_SUMMARY - 1)) ? 1 : 0);
    return summary.substring(0, end);
  }

  @Override
  public String toString() {
    return "PagerDutyRequest[" + action + " " + dedupKey + "]";
  }
}
