package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.sink.WriteMeter;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A writer of rows with a bounded number of requests in flight. */
final class CassandraWriter<U> implements SinkWriter<U> {
  private final CassandraCluster cluster;
  private final CqlSession session;
  private final RowStatements.Prepared<U> statements;
  private final WriteTimes times;
  private final CqlFailures failures;
  private final int maxInFlight;
  private final WriteMeter meter = new WriteMeter();

  CassandraWriter(
      CassandraCluster cluster,
      CqlSession session,
      RowStatements.Prepared<U> statements,
      WriteTimes times,
      CqlFailures failures,
      int maxInFlight) {
    this.cluster = cluster;
    this.session = session;
    this.statements = statements;
    this.times = times;
    this.failures = failures;
    this.maxInFlight = maxInFlight;
  }

  @Override
  public void write(EpochRows<? extends U> rows) throws InterruptedException {
    long begun = System.nanoTime();
    Semaphore permits = new Semaphore(maxInFlight);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    long micros = times.of(rows.epoch());
    Iterator<BoundStatementBuilder> left = statements.statements(rows).iterator();
    while (left.hasNext() && failure.get() == null) {
      // Idempotent, so that the driver may retry it: the write time makes it so.
      BoundStatement statement = left.next().setQueryTimestamp(micros).setIdempotence(true).build();
      permits.acquire();
      send(statement, permits, failure);
    }
    permits.acquire(maxInFlight);
    Throwable first = failure.get();
    if (first != null) {
      throw failures.of("epoch [%d]".formatted(rows.epoch()), first);
    }
    meter.wrote(rows.size(), 0, Duration.ofNanos(System.nanoTime() - begun));
  }

  private void send(
      BoundStatement statement, Semaphore permits, AtomicReference<@Nullable Throwable> failure) {
    session
        .executeAsync(statement)
        .whenComplete(
            (done, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
              permits.release();
            });
  }

  @Override
  public Map<String, Long> metrics() {
    return meter.metrics();
  }

  @Override
  public void close() {
    cluster.release();
  }
}
