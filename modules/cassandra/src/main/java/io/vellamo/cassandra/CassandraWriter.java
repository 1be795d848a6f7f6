package io.vellamo.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkWriter;
import java.util.Iterator;
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
  public void close() {
    cluster.release();
  }
}
