package io.vellamo.api.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report of a query that converts to plain values, which any JSON library can write, and to JSON
 * text.
 *
 * <p>The fields have the names of the record's components, in the same order. Each field is always
 * present: an absent value is {@code null}. Instants and durations are strings in ISO 8601 form
 * ({@code 2026-01-01T12:00:00Z}, {@code PT0.25S}), identities are UUID strings. Numbers that JSON
 * can't represent, such as NaN, are {@code null}. The text does not depend on the locale.
 *
 * <p>A Jackson mapper without modules writes a report as {@link #toMap}, alone or inside another
 * object. Vellamo's API does not require Jackson.
 *
 * <pre>{@code
 * log.info(query.lastProgress().orElseThrow().json());
 * new ObjectMapper().writeValueAsString(query.recentProgress());
 * }</pre>
 *
 * <p><b>Threading</b> Reports are immutable and safe to share.
 *
 * <p><b>Cost</b> Proportional to the size of the report; a few microseconds for the progress of an
 * epoch.
 *
 * @since 0.1
 */
public sealed interface JsonReport
    permits BatchReport,
        EpochPhases,
        EventCounts,
        EventTimeStats,
        HotKeys,
        HotKeys.HotKey,
        HostedShards,
        OperatorProgress,
        Outage,
        ParkedGroup,
        QueryHealth,
        QueryHealth.Problem,
        ShardProgress,
        ShardSkew,
        SourceProgress,
        StreamingQueryListener.QueryIdle,
        StreamingQueryListener.QueryOutageBegan,
        StreamingQueryListener.QueryOutageEnded,
        StreamingQueryListener.QueryStarted,
        StreamingQueryListener.QueryTerminated,
        StreamingQueryProgress,
        StreamingQueryProgress.StateCounts,
        StreamingQueryStatus,
        StreamingQueryStatus.CallInProgress,
        WatermarkReport,
        WatermarkReport.Input,
        WatermarkReport.NewestEvent,
        WatermarkReport.Partition {
  /**
   * Returns the fields as values of basic JDK types.
   *
   * @return an unmodifiable map in a fixed order; its values are null, {@link String}, {@link
   *     Boolean}, {@link Long}, {@link Integer}, finite {@link Double}, lists, and maps of these
   */
  @JsonValue
  default Map<String, @Nullable Object> toMap() {
    return PlainFields.of((Record) this).toMap();
  }

  /**
   * Returns this report as a JSON object on one line.
   *
   * @return well-formed Unicode text; control characters and unpaired surrogates are escaped
   */
  default String json() {
    return JsonText.line(toMap());
  }

  /**
   * Returns this report as a JSON object with one field per line, as Spark prints it.
   *
   * @return the same object as {@link #json}, indented by two spaces per level
   */
  default String prettyJson() {
    return JsonText.pretty(toMap());
  }
}
