package io.vellamo.api.query;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report of a query in a form that any JSON library can write, and as JSON text.
 *
 * <p>The fields have the names of the record's components, in the same order. Each field is always
 * present: a value that is absent is {@code null}. Instants, durations and identities are texts as
 * in ISO 8601 ({@code 2026-01-01T12:00:00Z}, {@code PT0.25S}); numbers that JSON does not know,
 * such as NaN, are {@code null}. The text does not depend on the locale.
 *
 * <p>A Jackson mapper without any module writes a report as {@link #toMap}, alone or inside another
 * object. Vellamo's API does not bring Jackson: where Jackson is absent, nothing else changes.
 *
 * <pre>{@code
 * log.info(query.lastProgress().orElseThrow().json());
 * new ObjectMapper().writeValueAsString(query.recentProgress());
 * }</pre>
 *
 * <p><b>Threading</b> Reports are immutable and safe to share.
 *
 * <p><b>Cost</b> Proportional to the report; some microseconds for the progress of an epoch.
 *
 * @since 0.1
 */
public sealed interface JsonReport
    permits BatchReport,
        EventCounts,
        EventTimeStats,
        OperatorProgress,
        ParkedGroup,
        SourceProgress,
        StreamingQueryListener.QueryIdle,
        StreamingQueryListener.QueryStarted,
        StreamingQueryListener.QueryTerminated,
        StreamingQueryProgress,
        StreamingQueryProgress.StateCounts,
        StreamingQueryStatus,
        StreamingQueryStatus.CallUnderWay,
        WatermarkReport,
        WatermarkReport.Input,
        WatermarkReport.NewestEvent {
  /**
   * Returns the fields with values of the JDK's simplest types.
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
   * @return a text that any encoding can hold: control characters and unpaired surrogates are
   *     escaped
   */
  default String json() {
    return JsonText.line(toMap());
  }

  /**
   * Returns this report as a JSON object with a field on each line, as Spark prints it.
   *
   * @return the same object as {@link #json}, indented by two spaces a level
   */
  default String prettyJson() {
    return JsonText.pretty(toMap());
  }
}
