package io.vellamo.engine.io;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query's open sinks: one for rows, and, if the user gave them, one for dead letters and one for
 * late events.
 *
 * <p>A sink of rows that is written in ranges of shards is written by {@link #ranges}.
 *
 * <p><b>Threading</b> Safe to share: one call at a time. All calls may block.
 *
 * <p><b>Failure</b> A {@link RetryableFailure} has closed the sink that failed. The epoch is to be
 * written again: the sink is opened, and gets the same rows; sinks that have the epoch already
 * don't get it twice.
 */
public final class OpenSinks {
  /** Bounds the log, which a broken file must not flood; all dead letters are counted. */
  private static final int LOGGED_DEAD_LETTERS_PER_EPOCH = 10;

  /** A sink of the query. */
  private static final class Output {
    private final RowSink<Object> sink;
    private final SinkContext context;
    private final Connection<SinkWriter<Object>> connection;
    // While the epoch that is being written has not reached all sinks.
    private boolean hasEpoch;

    @SuppressWarnings("unchecked") // the pipeline that has the sink emits rows of its type
    Output(RowSink<?> sink, SinkContext context, RetryPolicy retry) {
      this.sink = (RowSink<Object>) sink;
      this.context = context;
      this.connection = new Connection<>(sink.description(), retry);
    }

    void open() throws Exception {
      connection.open(() -> sink.open(context));
    }

    void write(RowsOfEpoch rows) throws Exception {
      if (hasEpoch) {
        return;
      }
      connection.call(
          () -> sink.open(RangeWriter.after(context, rows.epoch() - 1)),
          writer -> {
            writer.write(rows);
            return rows;
          });
      hasEpoch = true;
    }
  }

  private final String query;
  private final SinkRows sinkRows;
  // Null if the sink is written in ranges.
  private final @Nullable Output rows;
  private final List<RangeWriter> ranges = new ArrayList<>();
  private final @Nullable Output deadLetters;
  private final @Nullable Output lateEvents;
  private final Consumer<String> warnings;
  // While an epoch is written: its rows, once they are known.
  private @Nullable RowsOfEpoch ofEpoch;
  private boolean isEpochKnown;
  private boolean areLettersLogged;
  private boolean closed;
  // Read by any thread, while a write may block the thread of the sinks.
  private volatile Map<String, Long> metrics = Map.of();

  private OpenSinks(
      PreparedQuery query,
      SinkRows sinkRows,
      QueryLedger ledger,
      OutputMode mode,
      boolean isInRanges,
      Consumer<String> warnings) {
    QueryPlan plan = query.plan();
    RetryPolicy retry = query.retry();
    SinkContext context = context(query, ledger, mode);
    SinkContext appending = context(query, ledger, OutputMode.APPEND);
    this.query = query.name();
    this.sinkRows = sinkRows;
    this.rows = isInRanges ? null : new Output(plan.sink(), context, retry);
    this.deadLetters =
        plan.deadLetters().map(sink -> new Output(sink, appending, retry)).orElse(null);
    this.lateEvents =
        plan.lateEvents().map(sink -> new Output(sink, appending, retry)).orElse(null);
    this.warnings = warnings;
  }

  /**
   * Opens a query's sinks.
   *
   * @param ledger the query's identity and last committed epoch
   * @param ranges the number of ranges of shards with a writer each; 0 for one writer
   * @param opensRanges whether these writers are opened here, and not where the shards run
   * @param maxCompleteGroups the maximum number of groups of a query in mode {@code COMPLETE}
   * @param warnings logs the dead letters of a query without an output for them
   * @throws Exception as thrown by a sink; those opened before it are closed
   */
  public static OpenSinks open(
      PreparedQuery query,
      QueryLedger ledger,
      int ranges,
      boolean opensRanges,
      int maxCompleteGroups,
      Consumer<String> warnings)
      throws Exception {
    OutputMode mode = query.compiled().outputMode();
    SinkRows sinkRows =
        mode == OutputMode.COMPLETE
            ? new WholeResult(query, maxCompleteGroups)
            : new EmittedRows(query, ledger.shards());
    OpenSinks sinks = new OpenSinks(query, sinkRows, ledger, mode, ranges > 0, warnings);
    try {
      for (ShardRange range :
          opensRanges && ranges > 0
              ? ShardRange.split(ledger.shards(), ranges)
              : List.<ShardRange>of()) {
        RangeWriter writer =
            new RangeWriter(query, ledger.shards(), range, context(query, ledger, mode));
        writer.open();
        sinks.ranges.add(writer);
      }
    } catch (Exception | Error e) {
      Closing.afterFailure(e, sinks.writers());
      throw e;
    }
    return open(sinks);
  }

  /**
   * Opens the sinks of a batch, whose only epoch has all rows in any mode.
   *
   * @param ledger the identity of the batch
   * @param warnings as above
   * @throws Exception as above
   */
  public static OpenSinks openForBatch(
      PreparedQuery query, QueryLedger ledger, Consumer<String> warnings) throws Exception {
    SinkRows sinkRows = new EmittedRows(query, ledger.shards());
    return open(new OpenSinks(query, sinkRows, ledger, OutputMode.APPEND, false, warnings));
  }

  private static SinkContext context(PreparedQuery query, QueryLedger ledger, OutputMode mode) {
    return new SinkContext(
        query.name(), ledger.id(), ledger.committedEpoch(), mode, ledger.incarnation());
  }

  private static OpenSinks open(OpenSinks sinks) throws Exception {
    try {
      for (Output output : sinks.outputs()) {
        output.open();
      }
      return sinks;
    } catch (Exception | Error e) {
      Closing.afterFailure(e, sinks.writers());
      throw e;
    }
  }

  private List<Output> outputs() {
    return Stream.of(rows, deadLetters, lateEvents).filter(Objects::nonNull).toList();
  }

  private List<@Nullable AutoCloseable> writers() {
    List<@Nullable AutoCloseable> writers = new ArrayList<>(ranges);
    outputs().forEach(output -> writers.add(output.connection.opened()));
    return writers;
  }

  /** Returns the writers of the ranges, in order; empty if the sink has one writer. */
  public List<RangeWriter> ranges() {
    return List.copyOf(ranges);
  }

  /**
   * Takes a page of the whole result, which is complete once the epoch is written.
   *
   * @throws io.vellamo.engine.pipeline.RowFailure if a user's function throws
   * @throws ResultTooLarge if the result has too many groups
   */
  public synchronized void take(ResultPage page) {
    requireOpen();
    sinkRows.take(page);
  }

  /**
   * Writes an epoch: its dead letters, its late events, then its rows, except those of ranges.
   *
   * @return the number of rows that were written
   */
  public synchronized long write(EpochResults epoch) throws Exception {
    requireOpen();
    writeDeadLetters(epoch);
    if (lateEvents != null) {
      writeLateEvents(lateEvents, epoch);
    }
    if (rows != null && !isEpochKnown) {
      ofEpoch = sinkRows.of(epoch);
      isEpochKnown = true;
    }
    RowsOfEpoch written = ofEpoch;
    if (rows != null && written != null) {
      rows.write(written);
    }
    if (rows != null) {
      SinkWriter<Object> open = rows.connection.opened();
      metrics = open == null ? Map.of() : Map.copyOf(open.metrics());
    }
    ofEpoch = null;
    isEpochKnown = false;
    areLettersLogged = false;
    outputs().forEach(output -> output.hasEpoch = false);
    return written == null ? 0 : written.size();
  }

  /** Returns what the sink of rows last reported about itself. Never blocks. */
  public Map<String, Long> metrics() {
    Map<String, Long> all = new HashMap<>(metrics);
    for (RangeWriter range : ranges) {
      range.metrics().forEach((name, number) -> all.merge(name, number, adding(name)));
    }
    return all;
  }

  private static BinaryOperator<Long> adding(String name) {
    return name.endsWith("Millis") ? Math::max : Long::sum;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The sink was used after its query had ended");
    }
  }

  /** Closes the sinks, including the ranges; nothing can be written afterwards. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Closing.all(writers());
    }
  }

  private void writeDeadLetters(EpochResults epoch) throws Exception {
    if (areLettersLogged) {
      return;
    }
    RowsOfEpoch letters = new RowsOfEpoch(query, epoch.epoch());
    letters.addWithoutShard(epoch.deadLettersWithoutShard());
    epoch.deadLetters().forEach(letters::add);
    if (deadLetters != null) {
      deadLetters.write(letters);
      return;
    }
    areLettersLogged = true;
    int logged = Math.min(letters.size(), LOGGED_DEAD_LETTERS_PER_EPOCH);
    for (int i = 0; i < logged; i++) {
      warnings.accept("Query [%s] left out: %s".formatted(query, letters.row(i)));
    }
    if (letters.size() > logged) {
      warnings.accept(
          "Query [%s] left out [%d] more in epoch [%d]; keep them with deadLettersTo"
              .formatted(query, letters.size() - logged, epoch.epoch()));
    }
  }

  private void writeLateEvents(Output output, EpochResults epoch) throws Exception {
    RowsOfEpoch late = new RowsOfEpoch(query, epoch.epoch());
    late.addWithoutShard(epoch.lateEvents());
    output.write(late);
  }
}
