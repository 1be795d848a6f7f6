package io.vellamo.engine.io;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
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
 * <p><b>Threading</b> Safe to share: one call at a time. All calls may block.
 */
public final class OpenSinks {
  /** Bounds the log, which a broken file must not flood; all dead letters are counted. */
  private static final int LOGGED_DEAD_LETTERS_PER_EPOCH = 10;

  private final String query;
  private final SinkRows sinkRows;
  private final SinkWriter<Object> rows;
  private final @Nullable SinkWriter<Object> deadLetters;
  private final @Nullable SinkWriter<Object> lateEvents;
  private final Consumer<String> warnings;
  private boolean closed;

  private OpenSinks(
      String query,
      SinkRows sinkRows,
      SinkWriter<Object> rows,
      @Nullable SinkWriter<Object> deadLetters,
      @Nullable SinkWriter<Object> lateEvents,
      Consumer<String> warnings) {
    this.query = query;
    this.sinkRows = sinkRows;
    this.rows = rows;
    this.deadLetters = deadLetters;
    this.lateEvents = lateEvents;
    this.warnings = warnings;
  }

  /**
   * Opens a query's sinks.
   *
   * @param ledger the query's identity and last committed epoch
   * @param maxCompleteGroups the maximum number of groups of a query in mode {@code COMPLETE}
   * @param warnings logs the dead letters of a query without an output for them
   * @throws Exception as thrown by a sink; those opened before it are closed
   */
  public static OpenSinks open(
      PreparedQuery query, QueryLedger ledger, int maxCompleteGroups, Consumer<String> warnings)
      throws Exception {
    OutputMode mode = query.compiled().outputMode();
    SinkRows sinkRows =
        mode == OutputMode.COMPLETE
            ? new WholeResult(query, maxCompleteGroups)
            : new EmittedRows(query, ledger.shards());
    return open(query, context(query, ledger, mode), sinkRows, warnings);
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
    SinkContext context = context(query, ledger, OutputMode.APPEND);
    return open(query, context, new EmittedRows(query, ledger.shards()), warnings);
  }

  private static SinkContext context(PreparedQuery query, QueryLedger ledger, OutputMode mode) {
    return new SinkContext(query.name(), ledger.id(), ledger.committedEpoch(), mode);
  }

  private static OpenSinks open(
      PreparedQuery query, SinkContext context, SinkRows sinkRows, Consumer<String> warnings)
      throws Exception {
    QueryPlan plan = query.plan();
    SinkContext appending =
        new SinkContext(context.queryName(), context.queryId(), context.committedEpoch());
    List<SinkWriter<Object>> opened = new ArrayList<>();
    try {
      SinkWriter<Object> rows = open(plan.sink(), context, opened);
      RowSink<?> letters = plan.deadLetters().orElse(null);
      RowSink<?> late = plan.lateEvents().orElse(null);
      return new OpenSinks(
          plan.name(),
          sinkRows,
          rows,
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
      RowSink<?> sink, SinkContext context, List<SinkWriter<Object>> opened) throws Exception {
    SinkWriter<Object> writer = ((RowSink<Object>) sink).open(context);
    opened.add(writer);
    return writer;
  }

  /**
   * Writes an epoch: its dead letters, its late events, then its rows.
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
    RowsOfEpoch ofEpoch = sinkRows.of(epoch);
    if (ofEpoch == null) {
      return 0;
    }
    rows.write(ofEpoch);
    return ofEpoch.size();
  }

  /** Closes the sinks; nothing can be written afterwards. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Closing.all(Arrays.asList(rows, deadLetters, lateEvents));
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
