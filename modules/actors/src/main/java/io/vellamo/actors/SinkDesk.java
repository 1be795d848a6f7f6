package io.vellamo.actors;

import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.pipeline.RowChain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query's open sinks: one for rows, and, if the user gave them, one for dead letters and one for
 * late events.
 *
 * <p><b>Threading</b> Safe to share: one call at a time. All calls may block.
 */
final class SinkDesk {
  private static final Logger LOG = LoggerFactory.getLogger(SinkDesk.class);

  /** Bounds the log, which a broken file must not flood; all dead letters are counted. */
  private static final int LOGGED_DEAD_LETTERS_PER_EPOCH = 10;

  private final String query;
  private final List<RowChain> chains;
  private final int shards;
  private final SinkWriter<Object> rows;
  private final @Nullable SinkWriter<Object> deadLetters;
  private final @Nullable SinkWriter<Object> lateEvents;
  private boolean closed;

  private SinkDesk(
      String query,
      List<RowChain> chains,
      int shards,
      SinkWriter<Object> rows,
      @Nullable SinkWriter<Object> deadLetters,
      @Nullable SinkWriter<Object> lateEvents) {
    this.query = query;
    this.chains = chains;
    this.shards = shards;
    this.rows = rows;
    this.deadLetters = deadLetters;
    this.lateEvents = lateEvents;
  }

  /** Opens a query's sinks. */
  static SinkDesk open(QuerySpec spec, QueryLedger ledger) throws Exception {
    SinkContext context = new SinkContext(spec.name(), ledger.id(), ledger.committedEpoch());
    List<RowChain> chains =
        spec.compiled().operators().stream()
            .map(operator -> new RowChain(operator, spec.eventCopies()))
            .toList();
    List<SinkWriter<Object>> opened = new ArrayList<>();
    try {
      SinkWriter<Object> rows = open(spec.plan().sink(), context, opened);
      RowSink<?> letters = spec.plan().deadLetters().orElse(null);
      RowSink<?> late = spec.plan().lateEvents().orElse(null);
      return new SinkDesk(
          spec.name(),
          chains,
          ledger.shards(),
          rows,
          letters == null ? null : open(letters, context, opened),
          late == null ? null : open(late, context, opened));
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
   * @return the number of rows
   */
  synchronized long write(EpochRun run) throws Exception {
    if (closed) {
      throw new IllegalStateException("The sink was used after its query had ended");
    }
    writeDeadLetters(run);
    if (lateEvents != null) {
      writeAside(lateEvents, run, run.lateEvents());
    }
    RowsOfEpoch epochRows = new RowsOfEpoch(query, run.plan().epoch());
    run.rowsToSink()
        .forEach((shard, some) -> epochRows.add(shard, chains.get(shard / shards).apply(some)));
    epochRows.addWithoutShard(run.routed().rows());
    rows.write(epochRows);
    return epochRows.size();
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      Closing.all(Arrays.asList(rows, deadLetters, lateEvents));
    }
  }

  private void writeDeadLetters(EpochRun run) throws Exception {
    RowsOfEpoch letters = new RowsOfEpoch(query, run.plan().epoch());
    letters.addWithoutShard(run.routed().deadLetters());
    run.deadLettersByShard().forEach(letters::add);
    if (deadLetters != null) {
      deadLetters.write(letters);
      return;
    }
    int logged = Math.min(letters.size(), LOGGED_DEAD_LETTERS_PER_EPOCH);
    for (int i = 0; i < logged; i++) {
      LOG.warn("Query [{}] left out: {}", query, letters.row(i));
    }
    if (letters.size() > logged) {
      LOG.warn(
          "Query [{}] left out [{}] more in epoch [{}]; keep them with deadLettersTo",
          query,
          letters.size() - logged,
          run.plan().epoch());
    }
  }

  private void writeAside(SinkWriter<Object> writer, EpochRun run, List<?> values)
      throws Exception {
    RowsOfEpoch ofEpoch = new RowsOfEpoch(query, run.plan().epoch());
    ofEpoch.addWithoutShard(values);
    writer.write(ofEpoch);
  }
}
