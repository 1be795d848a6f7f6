package io.vellamo.persistence.message;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.ShardSkew;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import io.vellamo.persistence.journal.PlanFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The layout of the report of an epoch. Fields are only appended, see {@link OpenBlock}.
 *
 * <p>It is not the report's JSON, which lacks the marks of ranges, so that a handle on another node
 * shows the report that was made, and takes a quarter of the bytes.
 */
final class ProgressFormat {
  private ProgressFormat() {}

  static void write(StreamingQueryProgress progress, BinaryOutput out) {
    out.writeUuid(progress.id());
    out.writeUuid(progress.runId());
    out.writeShownText(progress.name());
    out.writeUnsigned(progress.epoch());
    TimeFormat.write(progress.timestamp(), out);
    TimeFormat.write(progress.duration(), out);
    OpenBlock.write(progress.events(), ProgressFormat::write, out);
    OpenBlock.write(progress.total(), ProgressFormat::write, out);
    TimeFormat.write(progress.watermark(), out);
    OpenBlock.write(progress.eventTime(), ProgressFormat::write, out);
    OpenBlock.write(progress.state(), ProgressFormat::write, out);
    ListFormat.<OperatorProgress>write(
        progress.operators(),
        (each, into) -> OpenBlock.write(each, ProgressFormat::write, into),
        out);
    ListFormat.<SourceProgress>write(
        progress.sources(),
        (each, into) -> OpenBlock.write(each, ProgressFormat::write, into),
        out);
    out.writeShownText(progress.sink());
    write(progress.sinkMetrics(), out);
    out.writeUnsigned(progress.rows());
    out.writeUnsigned(progress.retries());
    OpenBlock.write(progress.phases(), WorkFormat::write, out);
  }

  static StreamingQueryProgress read(BinaryInput in) {
    return new StreamingQueryProgress(
        in.readUuid(),
        in.readUuid(),
        in.readText(),
        in.readUnsigned(),
        TimeFormat.readInstant(in),
        TimeFormat.readDuration(in),
        OpenBlock.read(ProgressFormat::readCounts, in),
        OpenBlock.read(ProgressFormat::readCounts, in),
        TimeFormat.readOptional(in),
        OpenBlock.read(ProgressFormat::readTimes, in),
        OpenBlock.read(ProgressFormat::readState, in),
        ListFormat.read(from -> OpenBlock.read(ProgressFormat::readOperator, from), in),
        ListFormat.read(from -> OpenBlock.read(ProgressFormat::readSource, from), in),
        in.readText(),
        readMetrics(in),
        in.readUnsigned(),
        in.readUnsigned(),
        in.isAtEnd() ? EpochPhases.NONE : OpenBlock.read(WorkFormat::readPhases, in));
  }

  static void write(EventCounts counts, BinaryOutput out) {
    out.writeUnsigned(counts.processed());
    out.writeUnsigned(counts.late());
    out.writeUnsigned(counts.deadLettered());
  }

  static EventCounts readCounts(BinaryInput in) {
    return new EventCounts(in.readUnsigned(), in.readUnsigned(), in.readUnsigned());
  }

  static void write(EventTimeStats times, BinaryOutput out) {
    TimeFormat.write(times.min(), out);
    TimeFormat.write(times.max(), out);
    TimeFormat.write(times.average(), out);
    out.writeUnsigned(times.future());
  }

  static EventTimeStats readTimes(BinaryInput in) {
    return new EventTimeStats(
        TimeFormat.readOptional(in),
        TimeFormat.readOptional(in),
        TimeFormat.readOptional(in),
        in.readUnsigned());
  }

  private static void write(StateCounts state, BinaryOutput out) {
    out.writeUnsigned(state.groups());
    out.writeUnsigned(state.updated());
    out.writeUnsigned(state.removed());
    out.writeUnsigned(state.parked());
    out.writeUnsigned(state.waiting());
    out.writeUnsigned(state.bytes());
  }

  private static StateCounts readState(BinaryInput in) {
    return new StateCounts(
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readUnsigned());
  }

  private static void write(OperatorProgress operator, BinaryOutput out) {
    out.writeShownText(operator.name());
    out.writeUnsigned(operator.input());
    out.writeUnsigned(operator.late());
    out.writeUnsigned(operator.rows());
    OpenBlock.write(operator.state(), ProgressFormat::write, out);
    out.writeUnsigned(operator.deadLettered());
    out.writeUnsigned(operator.journalBytes());
    TimeFormat.write(operator.call(), out);
    TimeFormat.write(operator.persist(), out);
    OpenBlock.write(operator.skew(), WorkFormat::write, out);
    ListFormat.<ShardProgress>write(
        operator.shards(), (each, into) -> OpenBlock.write(each, WorkFormat::write, into), out);
  }

  private static OperatorProgress readOperator(BinaryInput in) {
    String name = in.readText();
    long input = in.readUnsigned();
    long late = in.readUnsigned();
    long rows = in.readUnsigned();
    StateCounts state = OpenBlock.read(ProgressFormat::readState, in);
    // The first version ends here.
    boolean isFirst = in.isAtEnd();
    return new OperatorProgress(
        name,
        input,
        late,
        isFirst ? 0 : in.readUnsigned(),
        rows,
        state,
        isFirst ? 0 : in.readUnsigned(),
        isFirst ? Duration.ZERO : TimeFormat.readDuration(in),
        isFirst ? Duration.ZERO : TimeFormat.readDuration(in),
        isFirst ? ShardSkew.NONE : OpenBlock.read(WorkFormat::readSkew, in),
        isFirst
            ? List.of()
            : ListFormat.read(from -> OpenBlock.read(WorkFormat::readShard, from), in));
  }

  private static void write(SourceProgress source, BinaryOutput out) {
    out.writeShownText(source.description());
    ListFormat.<OffsetRange>write(source.ranges(), PlanFormat::write, out);
    write(source.metrics(), out);
    write(source.lag(), out);
  }

  private static SourceProgress readSource(BinaryInput in) {
    String description = in.readText();
    List<OffsetRange> ranges = ListFormat.read(PlanFormat::readRange, in);
    Map<String, Long> metrics = readMetrics(in);
    Map<String, Long> lag = in.isAtEnd() ? Map.of() : readMetrics(in);
    return new SourceProgress(description, ranges, lag, metrics);
  }

  private static void write(Map<String, Long> metrics, BinaryOutput out) {
    out.writeUnsigned(metrics.size());
    metrics.forEach(
        (name, value) -> {
          out.writeShownText(name);
          out.writeSigned(value);
        });
  }

  private static Map<String, Long> readMetrics(BinaryInput in) {
    int count = in.readCount();
    Map<String, Long> metrics = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      metrics.put(in.readText(), in.readSigned());
    }
    return metrics;
  }
}
