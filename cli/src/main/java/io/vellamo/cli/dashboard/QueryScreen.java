package io.vellamo.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The lines that show a query.
 *
 * @param query the dashboard's answer about it
 * @param reports its last reports
 * @param shards the last reports of its shards, by operator
 * @param hotKeys its hot keys, by operator
 */
record QueryScreen(JsonNode query, ReportWindow reports, JsonNode shards, JsonNode hotKeys) {
  private static final int HOT_KEYS = 3;
  private static final int PARTITIONS = 4;
  private static final int COLUMNS = 79;
  private static final String INDENT = " ".repeat(13);
  private static final String ROW = "  %-10s %13s %13s %11s %13s %11s";

  /** Returns the lines, wrapped at 79 characters; only a longer word exceeds that. */
  List<String> lines() {
    return allLines().stream().flatMap(line -> wrapped(line).stream()).toList();
  }

  /** Continues a line that is too long below its text. */
  private static List<String> wrapped(String line) {
    List<String> parts = new ArrayList<>();
    String rest = line;
    while (rest.length() > COLUMNS) {
      int end = rest.lastIndexOf(' ', COLUMNS);
      if (end < INDENT.length()) {
        // The first word is too long itself.
        end = rest.indexOf(' ', COLUMNS);
      }
      if (end < 0) {
        break;
      }
      parts.add(rest.substring(0, end));
      rest = INDENT + rest.substring(end + 1);
    }
    parts.add(rest);
    return parts;
  }

  private List<String> allLines() {
    List<String> lines = new ArrayList<>();
    lines.add(head());
    if (!query.path("active").asBoolean()) {
      return lines;
    }
    lines.add("  " + query.path("status").path("message").asText());
    query
        .path("health")
        .path("problems")
        .forEach(problem -> lines.add("  ! " + problem.path("message").asText()));
    JsonNode report = reports.last();
    if (report.isMissingNode()) {
      return lines;
    }
    addRates(lines, report);
    addWatermark(lines, report);
    lines.add(
        "  epoch      %s in %s: %s"
            .formatted(
                Units.count(report.path("epoch").asLong()),
                Units.duration(Units.duration(report.path("duration"))),
                phases(report)));
    lines.add(
        "  state      %s; journal %s an epoch%s"
            .formatted(
                groups(report.path("state")),
                Units.bytes(report.path("journalBytes").asDouble()),
                retries(report)));
    report.path("sources").forEach(source -> lines.add("  source     " + source(source)));
    report.path("operators").forEach(operator -> addOperator(lines, operator));
    return lines;
  }

  private String head() {
    String name = query.path("name").asText();
    if (query.path("active").asBoolean()) {
      return "%s  %s  %s"
          .formatted(
              name, words(query.path("health").path("state")), words(query.path("guarantee")));
    }
    JsonNode failure = query.path("failure");
    return failure.isObject()
        ? "%s  failed in epoch %s: %s"
            .formatted(
                name,
                Units.count(failure.path("epoch").asLong()),
                failure.path("message").asText(failure.path("cause").asText()))
        : name + "  ended";
  }

  private static String words(JsonNode constant) {
    return constant.asText().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void addRates(List<String> lines, JsonNode report) {
    JsonNode total = report.path("total");
    lines.add(ROW.formatted("", "input", "processed", "late", "dead-lettered", "rows"));
    lines.add(
        ROW.formatted(
            "per second",
            Units.rate(reports.eventsPerSecond("input")),
            Units.rate(reports.eventsPerSecond("processed")),
            Units.rate(reports.eventsPerSecond("late")),
            Units.rate(reports.eventsPerSecond("deadLettered")),
            Units.rate(reports.rowsPerSecond())));
    lines.add(
        ROW.formatted(
                "total",
                Units.count(total.path("input").asLong()),
                Units.count(total.path("processed").asLong()),
                Units.count(total.path("late").asLong()),
                Units.count(total.path("deadLettered").asLong()),
                "")
            .stripTrailing());
  }

  private void addWatermark(List<String> lines, JsonNode report) {
    JsonNode watermark = report.path("watermark");
    if (watermark.isTextual()) {
      Duration gap = Units.between(watermark, report.path("timestamp"));
      lines.add("  watermark  %s, %s behind".formatted(Units.time(watermark), Units.duration(gap)));
    }
    JsonNode explanation = query.path("watermarkExplanation");
    if (explanation.isTextual()) {
      lines.add(INDENT + explanation.asText());
    }
  }

  /** Divides the time in shards by what their functions and journals took, as the page does. */
  private static String phases(JsonNode report) {
    JsonNode phases = report.path("phases");
    double call = sum(report.path("operators"), "call");
    double persist = sum(report.path("operators"), "persist");
    double process = Units.duration(phases.path("process")).toNanos();
    double share = call + persist > 0 ? call / (call + persist) : 1;
    return String.join(
        ", ",
        phase("plan", phases),
        phase("read", phases),
        phase("functions", process * share),
        phase("journal", process * (1 - share)),
        phase("route", phases),
        phase("sink", phases),
        phase("commit", phases));
  }

  private static double sum(JsonNode operators, String name) {
    return stream(operators)
        .mapToDouble(operator -> Units.duration(operator.path(name)).toNanos())
        .sum();
  }

  private static String phase(String name, JsonNode phases) {
    return phase(name, (double) Units.duration(phases.path(name)).toNanos());
  }

  private static String phase(String name, double nanos) {
    return name + " " + Units.duration(Duration.ofNanos(Math.round(nanos)));
  }

  private static String groups(JsonNode state) {
    String parked =
        state.path("parked").asLong() == 0
            ? ""
            : " (%s parked, %s events wait)"
                .formatted(
                    Units.count(state.path("parked").asLong()),
                    Units.count(state.path("waiting").asLong()));
    return "%s groups%s, %s"
        .formatted(
            Units.count(state.path("groups").asLong()),
            parked,
            Units.bytes(state.path("bytes").asDouble()));
  }

  private static String retries(JsonNode report) {
    long retries = report.path("retries").asLong();
    return retries == 0 ? "" : "; calls made again " + Units.count(retries);
  }

  private static String source(JsonNode source) {
    List<Map.Entry<String, JsonNode>> lag = new ArrayList<>();
    lag.addAll(source.path("lag").properties());
    if (lag.isEmpty()) {
      return source.path("description").asText();
    }
    lag.sort(Comparator.comparingLong(entry -> -entry.getValue().asLong()));
    String most =
        lag.stream()
            .limit(PARTITIONS)
            .map(entry -> entry.getKey() + " " + Units.count(entry.getValue().asLong()))
            .collect(Collectors.joining(", "));
    return "%s: %s behind (%s%s)"
        .formatted(
            source.path("description").asText(),
            Units.count(lag.stream().mapToLong(entry -> entry.getValue().asLong()).sum()),
            most,
            lag.size() > PARTITIONS ? ", …" : "");
  }

  private void addOperator(List<String> lines, JsonNode operator) {
    String name = operator.path("name").asText();
    JsonNode own = shards.path("operators").path(name);
    JsonNode skew = operator.path("skew");
    lines.add("  operator   %s: %s".formatted(name, groups(operator.path("state"))));
    lines.add(
        INDENT
            + "%s shards, skew %s by groups, %s by events, %s by time%s"
                .formatted(
                    own.isArray() ? Units.count(own.size()) : "?",
                    Units.decimal(skew.path("groups").asDouble()),
                    Units.decimal(skew.path("input").asDouble()),
                    Units.decimal(skew.path("call").asDouble()),
                    largest(own)));
    stream(hotKeys.path("operators"))
        .filter(keys -> keys.path("operator").asText().equals(name))
        .filter(keys -> !keys.path("byEvents").isEmpty())
        .forEach(
            keys -> {
              lines.add("  hot keys   by events " + hottest(keys.path("byEvents")));
              lines.add(INDENT + "by time " + hottest(keys.path("byTime")));
            });
  }

  private static String largest(JsonNode shards) {
    return stream(shards)
        .max(Comparator.comparingLong(shard -> shard.path("groups").asLong()))
        .filter(shard -> shard.path("groups").asLong() > 0)
        .map(
            shard ->
                "; most groups in shard %d: %s"
                    .formatted(
                        shard.path("shard").asInt(), Units.count(shard.path("groups").asLong())))
        .orElse("");
  }

  private static String hottest(JsonNode keys) {
    return stream(keys)
        .limit(HOT_KEYS)
        .map(
            key ->
                key.path("key").asText("a hidden key")
                    + " "
                    + Units.share(key.path("share").asDouble()))
        .collect(Collectors.joining(", "));
  }

  private static Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }
}
