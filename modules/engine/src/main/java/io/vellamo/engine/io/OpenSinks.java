package io.vellamo.engine.io;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A query's open sinks: one for rows, and, if the user gave them, one for dead letters and one for
 * late events.
 *
 * <p>A sink of rows that is written in ranges of shards is written by {@link #ranges}.
 *
 * <p><b>Threading</b> Safe to share: one call at a time. All calls may block.
 */
public final class OpenSinks {
  /** Bounds the log, which a broken file must not flood; all dead letters are counted. */
  private static final int LOGGED_DEAD_LETTERS_PER_EPOCH = 10;

  private final String query;
  private final SinkRows sinkRows;
  // Null if the sink is written in ranges.
  private final @Nullable SinkWriter<Object> rows;
  private final List<RangeWriter> ranges;
  private final @Nullable SinkWriter<Object> deadLetters;
  private final @Nullable SinkWriter<Object> lateEvents;
  private final Consumer<String> warnings;
  private boolean closed;

  private OpenSinks(
      String query,
      SinkRows sinkRows,
      @Nullable SinkWriter<Object> rows,
      List<RangeWriter> ranges,
      @Nullable SinkWriter<Object> deadLetters,
      @Nullable SinkWriter<Object> lateEvents,
      Consumer<String> warnings) {
    this.query = query;
    this.sinkRows = sinkRows;
    this.rows = rows;
    this.ranges = List.copyOf(ranges);
    this.deadLetters = deadLetters;
    this.lateEvents = lateEvents;
    this.warnings = warnings;
  }

  /**
   * Opens a query's sinks.
   *
   * @param ledger the query's identity and last committed epoch
   * @param ranges the number of ranges of shards with a writer each; 0 for one writer
   * @param maxCompleteGroups the maximum number of groups of a query in mode {@code COMPLETE}
   * @param warnings logs the dead letters of a query without an output for them
   * @throws Exception as thrown by a sink; those opened before it are closed
   */
  public static OpenSinks open(
      PreparedQuery query,
      QueryLedger ledger,
      int ranges,
      int maxCompleteGroups,
      Consumer<String> warnings)
      throws Exception {
    OutputMode mode = query.compiled().outputMode();
    SinkRows sinkRows =
        mode == OutputMode.COMPLETE
            ? new WholeResult(query, maxCompleteGroups)
            : new EmittedRows(query, ledger.shards());
    List<ShardRange> split = ranges == 0 ? List.of() : ShardRange.split(ledger.shards(), ranges);
    return open(query, ledger, mode, sinkRows, split, warnings);
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
    SinkRows rows = new EmittedRows(query, ledger.shards());
    return open(query, ledger, OutputMode.APPEND, rows, List.of(), warnings);
  }

  private static SinkContext context(PreparedQuery query, QueryLedger ledger, OutputMode mode) {
    return new SinkContext(
        query.name(), ledger.id(), ledger.committedEpoch(), mode, ledger.incarnation());
  }

  private static OpenSinks open(
      PreparedQuery query,
      QueryLedger ledger,
      OutputMode mode,
      SinkRows sinkRows,
      List<ShardRange> split,
      Consumer<String> warnings)
      throws Exception {
    QueryPlan plan = query.plan();
    SinkContext context = context(query, ledger, mode);
    SinkContext appending = context(query, ledger, OutputMode.APPEND);
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      SinkWriter<Object> rows = split.isEmpty() ? open(plan.sink(), context, opened) : null;
      List<RangeWriter> ranges = new ArrayList<>();
      for (ShardRange range : split) {
        RangeWriter writer =
            new RangeWriter(query, ledger.shards(), range, open(plan, context, range));
        opened.add(writer);
        ranges.add(writer);
      }
      RowSink<?> letters = plan.deadLetters().orElse(null);
      RowSink<?> late = plan.lateEvents().orElse(null);
      return new OpenSinks(
          plan.name(),
          sinkRows,
          rows,
          ranges,
          letters == null ? null : open(letters, appending, opened),
          late == null ? null : open(late, appending, opened),
          warnings);
    } catch (Exception | Error e) {
      Closing.afterFailure(e, opened);
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // the pipeline that has the sink emits rows of its type
  private static SinkWriter<Object> open(
      RowSink<?> sink, SinkContext context, List<AutoCloseable> opened) throws Exception {
    SinkWriter<Object> writer = ((RowSink<Object>) sink).open(context);
    opened.add(writer);
    return writer;
  }

  @SuppressWarnings("unchecked") // as above
  private static ShardWriter<Object> open(QueryPlan plan, SinkContext context, ShardRange range)
      throws Exception {
    return ((ParallelSink<Object>) plan.sink()).open(context, range, context.owner());
  }

  /** Returns the writers of the ranges, in order; empty if the sink has one writer. */
  public List<RangeWriter> ranges() {
    return ranges;
  }

  /**
   * Writes an epoch: its dead letters, its late events, then its rows, except those of ranges.
   *
   * @return the number of rows that were written
   */
  public synchronized long write(EpochResults epoch) throws Exception {
    if (closed) {
      throw new IllegalStateException("The sink was used after its query had ended");
    }
    writeDeadLetters(epoch);
    if (lateEvents != null) {
      writeLateEvents(lateEvents, epoch);
    }
    RowsOfEpoch ofEpoch = rows == null ? null : sinkRows.of(epoch);
    if (rows == null || ofEpoch == null) {
      return 0;
    }
    rows.write(ofEpoch);
    return ofEpoch.size();
  }

  /** Closes the sinks, including the ranges; nothing can be written afterwards. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      List<@Nullable AutoCloseable> all = new ArrayList<>(ranges);
      all.addAll(Arrays.asList(rows, deadLetters, lateEvents));
      Closing.all(all);
    }
  }

  private void writeDeadLetters(EpochResults epoch) throws Exception {
    RowsOfEpoch letters = new RowsOfEpoch(query, epoch.epoch());
    letters.addWithoutShard(epoch.deadLettersWithoutShard());
    epoch.deadLetters().forEach(letters::add);
    if (deadLetters != null) {
      deadLetters.write(letters);
      return;
    }
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

  private void writeLateEvents(SinkWriter<Object> writer, EpochResults epoch) throws Exception {
    RowsOfEpoch ofEpoch = new RowsOfEpoch(query, epoch.epoch());
    ofEpoch.addWithoutShard(epoch.lateEvents());
    writer.write(ofEpoch);
  }
}
