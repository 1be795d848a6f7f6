package io.vellamo.engine.pipeline;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The description of a query for people: what it reads, computes and writes, and what holds. */
final class QueryText {
  private final PreparedQuery query;
  private final List<String> lines = new ArrayList<>();

  private QueryText(PreparedQuery query) {
    this.query = query;
  }

  /** Returns one line for the query, each source, its watermark, each operator and each sink. */
  static String of(PreparedQuery query) {
    return new QueryText(query).text();
  }

  private String text() {
    lines.add(
        "query [%s]: delivers rows %s%s"
            .formatted(query.name(), words(query.guarantee()), limit()));
    List<EventSource<?>> sources = query.plan().upstream().sources();
    for (int input = 0; input < sources.size(); input++) {
      lines.add(
          "source [%s]: %s%s"
              .formatted(
                  query.names().sources().get(input),
                  kind(sources.get(input)),
                  route(query.compiled().inputs().get(input))));
    }
    addWatermark();
    query.compiled().operators().forEach(this::add);
    lines.add(
        "sink [%s]: %s, %s"
            .formatted(
                query.sinkDescription(),
                words(query.plan().sink().guarantee()),
                query.plan().sink() instanceof ParallelSink
                    ? "written in ranges of shards"
                    : "with one writer"));
    query.plan().deadLetters().ifPresent(sink -> add("dead letters", sink));
    query.plan().lateEvents().ifPresent(sink -> add("late events", sink));
    return String.join("\n", lines);
  }

  /** Names what the guarantee is limited by, unless it is the best one. */
  private String limit() {
    return switch (query.guarantee()) {
      case EXACTLY_ONCE -> "";
      case AT_LEAST_ONCE ->
          ", limited by sink [%s], which can be written again".formatted(query.sinkDescription());
      case AT_MOST_ONCE ->
          ", limited by source %s, which can't be read again".formatted(unreplayableSources());
    };
  }

  private String unreplayableSources() {
    List<EventSource<?>> sources = query.plan().upstream().sources();
    return IntStream.range(0, sources.size())
        .filter(input -> !sources.get(input).isReplayable())
        .mapToObj(input -> "[" + query.names().sources().get(input) + "]")
        .collect(Collectors.joining(" and "));
  }

  private void addWatermark() {
    List<String> followed = query.watermarkNames();
    if (followed.size() == 1) {
      lines.add("watermark: follows [%s]".formatted(followed.get(0)));
    } else if (followed.size() > 1) {
      lines.add(
          "watermark: the %s of [%s]"
              .formatted(
                  query.plan().watermarkPolicy() == WatermarkPolicy.MIN ? "earliest" : "latest",
                  String.join("], [", followed)));
    }
  }

  private void add(String what, RowSink<?> sink) {
    lines.add("sink of %s [%s]: %s".formatted(what, sink.description(), words(sink.guarantee())));
  }

  private static String kind(EventSource<?> source) {
    if (source instanceof AcknowledgingSource) {
      return "stores messages in the journal before it acknowledges them, each id once while it is remembered";
    }
    return source.isReplayable() ? "can be read again after a crash" : "loses events in a crash";
  }

  private void add(CompiledOperator operator) {
    List<String> parts = new ArrayList<>();
    parts.add("mode " + words(operator.operator().mode()));
    if (operator.timeout() != GroupStateTimeout.NONE) {
      parts.add("timeouts in " + words(operator.timeout()));
    }
    if (operator.dropsLate()) {
      parts.add("late events are dropped");
    }
    lines.add(
        "operator [%s]: %s%s"
            .formatted(
                operator.operator().name(), String.join(", ", parts), route(operator.rows())));
  }

  private String route(Route route) {
    StringBuilder text = new StringBuilder();
    for (Stage stage : route.stages()) {
      text.append(" → ").append(stage(stage));
    }
    text.append(" → ");
    return text.append(route.leadsToSink() ? "sink" : "[" + name(route.target()) + "]").toString();
  }

  private String name(int operator) {
    return query.operatorNames().get(operator);
  }

  private static String stage(Stage stage) {
    if (stage instanceof Stage.Map) {
      return "map";
    } else if (stage instanceof Stage.Filter) {
      return "filter";
    } else if (stage instanceof Stage.FlatMap) {
      return "flatMap";
    } else if (stage instanceof Stage.EventTime time) {
      return time.strategy().toString();
    }
    throw new AssertionError("unhandled " + stage.getClass());
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
