package io.vellamo.connectors.pekko;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.EventSource;
import java.util.function.LongFunction;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Any Pekko stream as the source or the sink of a query; {@link QueryFlow} is a query as a stage of
 * a stream.
 *
 * <pre>{@code
 * query.to(PekkoStreams.via(system, Flow.of(Alert.class).mapAsync(4, pager::send)));
 * }</pre>
 *
 * @since 0.1
 */
public final class PekkoStreams {
  private static final int DEFAULT_CAPACITY = 10_000;

  private PekkoStreams() {}

  /**
   * Returns a source that runs a stream and holds up to 10,000 of its elements.
   *
   * @param system the system that runs the stream
   * @param source the stream; run each time a query opens the source
   * @param <T> the events
   * @return as {@link #source(ClassicActorSystemProvider, Source, int)}
   */
  public static <T> EventSource<T> source(ClassicActorSystemProvider system, Source<T, ?> source) {
    return source(system, source, DEFAULT_CAPACITY);
  }

  /**
   * Returns a source that runs a stream.
   *
   * <p>It is not replayable: elements are held in memory until their epoch is committed, and are
   * lost in a crash. A full source applies back-pressure to the stream. Completion ends the input
   * but not the query.
   *
   * <p><b>Failure</b> If the stream fails, the query fails.
   *
   * @param system the system that runs the stream
   * @param source the stream; run each time a query opens the source
   * @param capacity the maximum number of elements held, positive; no epoch is larger
   * @param <T> the events
   * @return the source
   * @throws IllegalArgumentException if {@code capacity} is not positive
   */
  public static <T> EventSource<T> source(
      ClassicActorSystemProvider system, Source<T, ?> source, int capacity) {
    requireNonNull(system, "system");
    requireNonNull(source, "source");
    requirePositive(capacity);
    return new StreamSource<>(system, source, capacity);
  }

  /**
   * Returns a source that runs a stream of messages, and acknowledges each when the query has
   * stored it in its journal.
   *
   * <p>An acknowledged event is reflected exactly once in state. A message that the broker delivers
   * again is acknowledged again, and discarded as long as its id is remembered, see {@link
   * io.vellamo.api.source.Inbox}. Up to 1,000 messages are in flight; a full inbox applies
   * back-pressure to the stream. Completion ends the input but not the query.
   *
   * <p><b>Failure</b> If the stream or an acknowledgement fails, the query runs the stream again as
   * its {@link io.vellamo.api.query.RetryPolicy} says. If a message can't be stored, because its
   * class can't be serialized or its id is empty, the query fails.
   *
   * @param system the system that runs the stream
   * @param source the stream; run each time a query opens the source
   * @param <T> the events
   * @return the source
   */
  public static <T> AcknowledgingSource<T> acknowledgingSource(
      ClassicActorSystemProvider system, Source<StreamMessage<T>, ?> source) {
    requireNonNull(system, "system");
    requireNonNull(source, "source");
    return new AcknowledgingStreamSource<>(system, source);
  }

  /**
   * Returns a source that runs a stream from any offset and holds up to 10,000 of its elements.
   *
   * @param system the system that runs the stream
   * @param fromOffset returns the stream from an offset on
   * @param <T> the events
   * @return as {@link #seekableSource(ClassicActorSystemProvider, LongFunction, int)}
   */
  public static <T> EventSource<T> seekableSource(
      ClassicActorSystemProvider system,
      LongFunction<? extends Source<StreamEvent<T>, ?>> fromOffset) {
    return seekableSource(system, fromOffset, DEFAULT_CAPACITY);
  }

  /**
   * Returns a source that runs a stream from any offset.
   *
   * <p>It is replayable: the query stores the offsets that it has committed, and after a restart or
   * a failure the stream runs from there. Elements are held in memory until their epoch is
   * committed. A full source applies back-pressure to the stream. Completion ends the input but not
   * the query.
   *
   * <p><b>Failure</b> If the stream fails, the query runs it again as its {@link
   * io.vellamo.api.query.RetryPolicy} says. If its offsets do not increase, the query fails.
   *
   * @param system the system that runs the stream
   * @param fromOffset returns the stream of the events with the given offset or larger ones, 0 for
   *     all: the same events for the same offsets each time
   * @param capacity the maximum number of elements held, positive; no epoch is larger, except one
   *     that was planned with a larger capacity
   * @param <T> the events
   * @return the source
   * @throws IllegalArgumentException if {@code capacity} is not positive
   */
  public static <T> EventSource<T> seekableSource(
      ClassicActorSystemProvider system,
      LongFunction<? extends Source<StreamEvent<T>, ?>> fromOffset,
      int capacity) {
    requireNonNull(system, "system");
    requireNonNull(fromOffset, "fromOffset");
    requirePositive(capacity);
    return new SeekableStreamSource<>(system, fromOffset, capacity);
  }

  private static void requirePositive(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive, was [%d]".formatted(capacity));
    }
  }

  /**
   * Returns a sink that runs one stream for as long as the query runs.
   *
   * <p>An epoch counts as written when the stream requests a row after the epoch's last. A stream
   * that requests a row only after it has finished the preceding one, such as {@code Sink.foreach},
   * thus writes at least once. Rows that a stream has taken but not finished, for example in {@code
   * mapAsync} or a buffer, are lost in a crash; use {@link #via} for such streams.
   *
   * <p><b>Failure</b> If the stream fails or ends, the query fails. A query in {@link
   * OutputMode#COMPLETE} does not start, as the stream could not tell where one whole result ends
   * and the next begins; use {@link #via}, which runs its flow for each of them.
   *
   * @param system the system that runs the stream
   * @param sink the stream; run each time a query opens the sink
   * @param <U> the rows
   * @return the sink
   */
  public static <U> RowSink<U> sink(ClassicActorSystemProvider system, Sink<U, ?> sink) {
    requireNonNull(system, "system");
    requireNonNull(sink, "sink");
    return new StreamSink<>(
        "PekkoStreams.sink",
        context -> {
          requireRows(context);
          return new RunningStreamWriter<>(system, sink);
        });
  }

  private static void requireRows(SinkContext context) {
    if (context.mode() == OutputMode.COMPLETE) {
      throw new SinkException(
          "PekkoStreams.sink",
          "Query [%s] must not write to PekkoStreams.sink in mode [COMPLETE], as a stream of rows has no end of a whole result; use PekkoStreams.via or ForeachBatch, or another mode"
              .formatted(context.queryName()),
          null);
    }
  }

  /**
   * Returns a sink that runs a flow for each epoch, with the epoch's rows as its input.
   *
   * <p>An epoch counts as written when the flow has completed, that is, after it has emitted its
   * last element; the number of emitted elements does not matter. Rows of an epoch that was not
   * committed run through the flow again.
   *
   * <p><b>Failure</b> If the flow fails or does not take all rows, the query fails.
   *
   * <p><b>Cost</b> A flow is run for each epoch with rows; share resources that are expensive to
   * open, such as a Kafka producer.
   *
   * @param system the system that runs the flow
   * @param flow the flow that writes the rows
   * @param <U> the rows
   * @return the sink
   */
  public static <U> RowSink<U> via(ClassicActorSystemProvider system, Flow<U, ?, ?> flow) {
    requireNonNull(system, "system");
    requireNonNull(flow, "flow");
    return new StreamSink<>("PekkoStreams.via", context -> new FlowWriter<>(system, flow));
  }
}
