package io.vellamo.actors;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.engine.pipeline.RowChain;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query's open sinks: one for rows, and, if the user gave one, one for dead letters.
 *
 * <p><b>Threading</b> Safe to share: one call at a time. All may block.
 */
final class SinkDesk {
  private static final Logger LOG = LoggerFactory.getLogger(SinkDesk.class);

  /** A broken file must not flood the log; all are counted. */
  private static final int LOGGED_DEAD_LETTERS_PER_EPOCH = 10;

  private final String query;
  private final RowChain back;
  private final SinkWriter<Object> rows;
  private final @Nullable SinkWriter<? super DeadLetter> deadLetters;
  private boolean closed;

  private SinkDesk(
      String query,
      RowChain back,
      SinkWriter<Object> rows,
      @Nullable SinkWriter<? super DeadLetter> deadLetters) {
    this.query = query;
    this.back = back;
    this.rows = rows;
    this.deadLetters = deadLetters;
  }

  /** Opens a query's sinks. */
  @SuppressWarnings("unchecked") // the pipeline that the sink was given to emits its rows
  static SinkDesk open(QuerySpec spec, UUID id, long committedEpoch) throws Exception {
    SinkContext context = new SinkContext(spec.name(), id, committedEpoch);
    SinkWriter<Object> rows = ((RowSink<Object>) spec.plan().sink()).open(context);
    RowChain back = new RowChain(spec.compiled().back());
    if (spec.plan().deadLetters().isEmpty()) {
      return new SinkDesk(spec.name(), back, rows, null);
    }
    try {
      SinkWriter<? super DeadLetter> letters = spec.plan().deadLetters().get().open(context);
      return new SinkDesk(spec.name(), back, rows, letters);
    } catch (Exception e) {
      rows.close();
      throw e;
    }
  }

  /**
   * Writes an epoch: its dead letters, then its rows.
   *
   * @return the number of rows
   */
  synchronized long write(EpochRun run) throws Exception {
    if (closed) {
      throw new IllegalStateException("The sink was used after its query had ended");
    }
    writeDeadLetters(run);
    RowsOfEpoch epochRows = new RowsOfEpoch(query, run.plan().epoch());
    for (Map.Entry<Integer, List<Object>> shard : run.rowsByShard().entrySet()) {
      epochRows.add(shard.getKey(), back.apply(shard.getValue()));
    }
    epochRows.addWithoutShard(run.routed().rows());
    rows.write(epochRows);
    return epochRows.size();
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      rows.close();
      if (deadLetters != null) {
        deadLetters.close();
      }
    }
  }

  private void writeDeadLetters(EpochRun run) throws Exception {
    List<DeadLetter> letters = run.routed().deadLetters();
    if (deadLetters != null) {
      RowsOfEpoch epochLetters = new RowsOfEpoch(query, run.plan().epoch());
      epochLetters.addWithoutShard(letters);
      writeLetters(deadLetters, epochLetters);
      return;
    }
    letters.stream()
        .limit(LOGGED_DEAD_LETTERS_PER_EPOCH)
        .forEach(letter -> LOG.warn("Query [{}] skipped a source entry: {}", query, letter));
    int more = letters.size() - LOGGED_DEAD_LETTERS_PER_EPOCH;
    if (more > 0) {
      LOG.warn(
          "Query [{}] skipped [{}] more source entries in epoch [{}]; keep them with deadLettersTo",
          query,
          more,
          run.plan().epoch());
    }
  }

  @SuppressWarnings("unchecked") // a sink of a super type of DeadLetter takes dead letters
  private static void writeLetters(SinkWriter<? super DeadLetter> writer, RowsOfEpoch letters)
      throws Exception {
    ((SinkWriter<Object>) writer).write(letters);
  }
}
