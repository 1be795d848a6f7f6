package io.vellamo.engine.io;

import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.QueryInputs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A query's open sources: what they offer, and the entries of an epoch.
 *
 * <p><b>Threading</b> Safe to share: one call at a time, and none after {@link #close}. All calls
 * may block.
 *
 * <p><b>Failure</b> A {@link RetryableFailure} has closed the source that failed, and has abandoned
 * the epoch that was being read. The next call opens the source again, with the offsets committed
 * by then.
 */
public final class OpenSources {
  /** A source of the query. */
  private static final class Input {
    private final EventSource<?> source;
    private final Connection<SourceReader<?>> connection;
    // Whether it has failed when it was told of the last commit.
    private boolean isUntold;

    Input(EventSource<?> source, String description, RetryPolicy retry) {
      this.source = source;
      this.connection = new Connection<>(description, retry);
    }
  }

  private final PreparedQuery query;
  private final InstantSource clock;
  private final Runnable signal;
  private final IntFunction<Inboxes> inboxes;
  private final List<Input> inputs = new ArrayList<>();
  private final boolean fixedEnd;
  private List<Offsets> ends = List.of();
  private Offsets committed;
  private @Nullable EpochChunks reading;
  private boolean closed;
  // Read by any thread, while a call may block the thread of the sources.
  private volatile List<Map<String, Long>> metrics = List.of();
  private volatile List<Map<String, Long>> lags = List.of();

  private OpenSources(
      PreparedQuery query,
      InstantSource clock,
      Offsets committed,
      Runnable signal,
      IntFunction<Inboxes> inboxes) {
    this.query = query;
    this.clock = clock;
    this.committed = committed;
    this.signal = signal;
    this.inboxes = inboxes;
    this.fixedEnd = query.plan().trigger().ends();
    List<EventSource<?>> sources = query.plan().upstream().sources();
    for (int input = 0; input < sources.size(); input++) {
      String description = query.names().sources().get(input);
      inputs.add(new Input(sources.get(input), description, query.retry()));
    }
  }

  /**
   * Opens a query's sources.
   *
   * @param clock the query's processing time
   * @param committed the offsets from which the sources are read
   * @param signal runs when a source has new data; must not block
   * @param inboxes returns the inbox of a source, by the source's index
   * @throws Exception as thrown by a source; those opened before it are closed
   */
  public static OpenSources open(
      PreparedQuery query,
      InstantSource clock,
      Offsets committed,
      Runnable signal,
      IntFunction<Inboxes> inboxes)
      throws Exception {
    OpenSources sources = new OpenSources(query, clock, committed, signal, inboxes);
    try {
      for (int input = 0; input < sources.inputs.size(); input++) {
        int index = input;
        sources.inputs.get(input).connection.open(() -> sources.open(index));
      }
    } catch (Exception | Error e) {
      Closing.afterFailure(e, sources.readers());
      throw e;
    }
    return sources;
  }

  private SourceReader<?> open(int input) throws Exception {
    Offsets from = SourceOffsets.inner(committed, input, inputs.size());
    return inputs
        .get(input)
        .source
        .open(new SourceContext(query.name(), from, fixedEnd, clock, signal, inboxes.apply(input)));
  }

  private List<@Nullable AutoCloseable> readers() {
    List<@Nullable AutoCloseable> readers = new ArrayList<>();
    inputs.forEach(input -> readers.add(input.connection.opened()));
    return readers;
  }

  private <T> T call(int input, Connection.Call<SourceReader<?>, T> call) throws Exception {
    try {
      return inputs.get(input).connection.call(() -> open(input), call);
    } catch (RetryableFailure e) {
      abandonReading(e);
      throw e;
    }
  }

  /** Abandons the epoch that is being read, if there is one. */
  private void abandonReading(RetryableFailure failure) {
    EpochChunks chunks = reading;
    reading = null;
    if (chunks != null) {
      Closing.afterFailure(failure, Collections.singletonList(chunks.abandon(failure)));
    }
  }

  /**
   * Returns the ranges for the next epoch. A query whose trigger ends reads what was there when it
   * first asked, and no more.
   *
   * @param from the offsets at which the preceding epoch ends
   * @param maxEvents the maximum number of events, which the sources share
   */
  public synchronized List<OffsetRange> offer(Offsets from, long maxEvents) throws Exception {
    requireOpen();
    tellAgain();
    long share = Math.max(1, maxEvents / inputs.size());
    if (ends.isEmpty() || !fixedEnd) {
      List<Offsets> latest = new ArrayList<>();
      for (int input = 0; input < inputs.size(); input++) {
        latest.add(call(input, SourceReader::latest));
      }
      ends = latest;
    }
    List<OffsetRange> ranges = new ArrayList<>();
    for (int input = 0; input < inputs.size(); input++) {
      Offsets inner = SourceOffsets.inner(from, input, inputs.size());
      Offsets end = ends.get(input);
      for (OffsetRange range : call(input, reader -> reader.plan(inner, end, share))) {
        ranges.add(SourceOffsets.outer(range, input, inputs.size()));
      }
    }
    measure();
    measureLags(from.advance(ranges));
    return ranges;
  }

  /**
   * Notes how far the sources go beyond some offsets.
   *
   * @param planned the end of what is planned
   */
  private void measureLags(Offsets planned) {
    List<Map<String, Long>> all = new ArrayList<>();
    for (int input = 0; input < inputs.size(); input++) {
      Map<String, Long> lag = new TreeMap<>();
      for (Map.Entry<SourcePartition, Long> end : ends.get(input).asMap().entrySet()) {
        SourcePartition outer = QueryInputs.outer(input, end.getKey(), inputs.size());
        // Of a partition that was never read, the first offset is not known.
        planned.of(outer).ifPresent(at -> lag.put(outer.name(), Math.max(0, end.getValue() - at)));
      }
      all.add(Collections.unmodifiableMap(lag));
    }
    lags = List.copyOf(all);
  }

  /**
   * Returns how far each partition went beyond what had been planned after the last offer, by the
   * query's name of the partition, for each source; empty before the first offer. Never blocks.
   */
  public List<Map<String, Long>> lags() {
    return lags;
  }

  private void measure() {
    List<Map<String, Long>> all = new ArrayList<>();
    for (Input input : inputs) {
      SourceReader<?> open = input.connection.opened();
      all.add(open == null ? Map.of() : Map.copyOf(open.metrics()));
    }
    metrics = List.copyOf(all);
  }

  /**
   * Returns what the sources last reported about themselves, by their numbers; empty before the
   * first offer. Never blocks.
   */
  public List<Map<String, Long>> metrics() {
    return metrics;
  }

  private RangeReader<?> open(OffsetRange range) throws Exception {
    SourceReader<?> reader = call(inputOf(range), open -> open);
    // A failure of the range itself is taken by nextOf, like one of its reader.
    return reader.read(SourceOffsets.inner(range, inputs.size()));
  }

  private int inputOf(OffsetRange range) {
    return QueryInputs.inputOf(range.partition(), inputs.size());
  }

  /**
   * Returns the entries of an epoch, to be read chunk by chunk.
   *
   * @param plan an epoch that reads at least one range
   * @return chunks, of which the last one ends the epoch; a range that can't be read throws a
   *     {@link ReadFailure}, or a {@link RetryableFailure} with it
   */
  public Iterator<EventChunk> chunks(EpochPlan plan) {
    return chunks(EpochShare.whole(plan));
  }

  /**
   * Returns the entries of some ranges of an epoch, to be read chunk by chunk.
   *
   * @return chunks, of which the last one ends the share; failures as those of a whole epoch
   */
  public synchronized Iterator<EventChunk> chunks(EpochShare share) {
    requireOpen();
    EpochChunks chunks = new EpochChunks(share, this::open);
    reading = chunks;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return chunks.hasNext();
      }

      @Override
      public EventChunk next() {
        return nextOf(chunks);
      }
    };
  }

  private synchronized EventChunk nextOf(EpochChunks chunks) {
    requireOpen();
    try {
      EventChunk next = chunks.next();
      if (next.isLast()) {
        measure();
      }
      return next;
    } catch (ReadFailure e) {
      Throwable thrown = Objects.requireNonNull(e.getCause(), "cause");
      Exception failure = inputs.get(inputOf(e.range())).connection.failed(e, thrown);
      if (failure instanceof RetryableFailure retryable) {
        reading = chunks;
        abandonReading(retryable);
        throw retryable;
      }
      throw e;
    }
  }

  /**
   * Tells the sources that everything before the given offsets is committed. A source that is
   * closed is told when it is opened again. If one fails now, and the failure is retried, the query
   * is woken, and {@link #offer} tells the source before it asks it.
   */
  public synchronized void committed(Offsets offsets) throws Exception {
    if (closed) {
      return;
    }
    committed = offsets;
    for (int input = 0; input < inputs.size(); input++) {
      if (inputs.get(input).connection.opened() != null) {
        try {
          tell(input);
        } catch (RetryableFailure e) {
          inputs.get(input).isUntold = true;
          signal.run();
        }
      }
    }
  }

  private void tell(int input) throws Exception {
    Offsets offsets = SourceOffsets.inner(committed, input, inputs.size());
    call(
        input,
        reader -> {
          reader.committed(offsets);
          return offsets;
        });
    inputs.get(input).isUntold = false;
  }

  private void tellAgain() throws Exception {
    for (int input = 0; input < inputs.size(); input++) {
      if (inputs.get(input).isUntold) {
        tell(input);
      }
    }
  }

  /** Closes the sources; no further call may follow, except this one. */
  public synchronized void close() {
    if (!closed) {
      closed = true;
      List<@Nullable AutoCloseable> open = new ArrayList<>();
      open.add(reading);
      open.addAll(readers());
      Closing.all(open);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The source was used after its query had ended");
    }
  }
}
