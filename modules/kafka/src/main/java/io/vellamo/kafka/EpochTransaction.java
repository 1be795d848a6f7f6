package io.vellamo.kafka;

import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one transactional id, which belongs to a range of shards, each with the rows
 * and the marker of one epoch. A transaction is open from {@link #write} to {@link #commit}.
 *
 * <p><b>Order</b> After an exception only {@link #close} may follow; the range is opened again, and
 * the marker says how the last transaction ended.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class EpochTransaction<U> implements ShardWriter<U> {
  private final RowSender<U> sender;
  private final EpochMarker marker;
  private final Admin admin;
  private final SinkContext context;
  private final Duration timeout;
  private final KafkaFailures failures;
  private long written;
  // Written and not committed: 0 if there is no such epoch. It has no transaction without rows.
  private long prepared;
  private int preparedRows;
  private boolean isOpen;
  private long begunNanos;
  private boolean failed;

  /**
   * Creates the transactions; call {@link #open} next.
   *
   * @param timeout the time after which the broker aborts a transaction
   */
  EpochTransaction(
      RowSender<U> sender,
      EpochMarker marker,
      Admin admin,
      SinkContext context,
      Duration timeout,
      KafkaFailures failures) {
    this.sender = sender;
    this.marker = marker;
    this.admin = admin;
    this.context = context;
    this.timeout = timeout;
    this.failures = failures;
  }

  /**
   * Fences earlier runs, waits for the end of their last transaction, and takes over its marker.
   *
   * @param whole the marker of all shards, if this is a range; null if it is all shards
   */
  void open(@Nullable EpochMarker whole) throws InterruptedException {
    try {
      begunNanos = System.nanoTime();
      // Before the fence: an earlier run must not lock out a later one.
      requireLatest(marker.read(admin, false));
      sender.producer().initTransactions();
      EpochMarker.Stored stored = marker.read(admin, true);
      requireLatest(stored);
      // A marker that Kafka has forgotten must not make the query write its last epoch again.
      written = stored != null && isOfQuery(stored) ? stored.epoch() : context.committedEpoch();
      EpochMarker.Stored ofAll = whole == null ? null : whole.read(admin, true);
      if (ofAll != null && isOfQuery(ofAll)) {
        // The query had one writer before, whose last epoch it may not have committed.
        written = Math.max(written, ofAll.epoch());
      }
      requireNotAhead();
      if (stored == null || !stored.equals(stored(written))) {
        // So that the marker of a range without rows exists, and says who the owner is.
        sender.producer().beginTransaction();
        marker.send(sender.producer(), stored(written));
        sender.producer().commitTransaction();
      }
    } catch (KafkaException | ExecutionException e) {
      throw failure("begin transactions as [%s]".formatted(marker.group()), e);
    }
  }

  private void requireLatest(EpochMarker.@Nullable Stored stored) {
    if (stored != null && isOfQuery(stored) && stored.owner() > context.owner()) {
      failed = true;
      throw failures.lasting(
          "Sink [%s] must be opened by the latest run of query [%s], but run [%d] has been replaced by run [%d]; let the other run go on"
              .formatted(
                  failures.description(), context.queryName(), context.owner(), stored.owner()),
          null);
    }
  }

  private void requireNotAhead() {
    if (written > context.committedEpoch() + 1) {
      throw failures.lasting(
          "Epoch [%d] must be the last one that sink [%s] holds of this query, but it holds epoch [%d]; restore the journal that wrote it, or start the query under another name"
              .formatted(context.committedEpoch() + 1, failures.description(), written),
          null);
    }
  }

  /** Returns whether a marker is of this query: one of the same name counted its own epochs. */
  private boolean isOfQuery(EpochMarker.Stored stored) {
    return stored.queryId().equals(context.queryId());
  }

  private EpochMarker.Stored stored(long epoch) {
    return new EpochMarker.Stored(context.queryId(), context.owner(), epoch);
  }

  /** Writes the rows of an epoch; they are not visible yet. An epoch already there is skipped. */
  @Override
  public void write(EpochRows<? extends U> rows) throws InterruptedException {
    if (rows.epoch() <= written) {
      return;
    }
    try {
      abort();
      if (rows.size() > 0) {
        begunNanos = System.nanoTime();
        sender.producer().beginTransaction();
        isOpen = true;
        sender.send(rows);
        marker.send(sender.producer(), stored(rows.epoch()));
        sender.producer().flush();
        sender.requireSent();
      }
      prepared = rows.epoch();
      preparedRows = rows.size();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw failure("write epoch [%d]".formatted(rows.epoch()), firstCause(e));
    }
  }

  /** Aborts what is written of an epoch, which is written again. */
  private void abort() {
    if (isOpen) {
      isOpen = false;
      sender.producer().abortTransaction();
    }
    prepared = 0;
  }

  @Override
  public boolean holds(long epoch) {
    return epoch <= written || epoch == prepared;
  }

  /** Makes the rows of an epoch visible. */
  @Override
  public void commit(long epoch) throws InterruptedException {
    if (epoch <= written) {
      return;
    }
    if (epoch != prepared) {
      throw new IllegalStateException(
          "epoch [%d] must be written before it is committed, written is [%d]"
              .formatted(epoch, prepared));
    }
    if (isOpen) {
      try {
        sender.producer().commitTransaction();
      } catch (KafkaException e) {
        throw failure("commit epoch [%d]".formatted(epoch), firstCause(e));
      }
      sender.acknowledged(preparedRows, begunNanos);
    }
    isOpen = false;
    prepared = 0;
    written = epoch;
  }

  @Override
  public Map<String, Long> metrics() {
    return sender.metrics();
  }

  /** Returns the failure of a send, which the calls after it only repeat in other words. */
  private Exception firstCause(Exception failure) {
    try {
      sender.requireSent();
    } catch (Exception e) {
      return e;
    }
    return failure;
  }

  private RuntimeException failure(String action, Exception failure) throws InterruptedException {
    failed = true;
    if (!isFenced(failure)) {
      return has(failure, TransactionAbortableException.class)
          ? retryable(action, failure)
          : failures.of(action, failure);
    }
    // The broker fences a producer whose transaction it has aborted in the same way.
    if (System.nanoTime() - begunNanos >= timeout.toNanos()) {
      return retryable(
          action + " within [%s] (transaction.timeout.ms)".formatted(timeout), failure);
    }
    return failures.lasting(
        "Sink [%s] must be the only one that writes with transactional id [%s], but %s has taken it over; stop one of the two, or set another id with withTransactionalId"
            .formatted(failures.description(), marker.group(), otherOwner()),
        failure);
  }

  private RetryableException retryable(String action, Exception failure) {
    return new RetryableException(
        "Sink [%s] must be able to %s, but Kafka aborted the transaction; the epoch is written again"
            .formatted(failures.description(), action),
        failure);
  }

  private String otherOwner() throws InterruptedException {
    try {
      EpochMarker.Stored last = marker.read(admin, false);
      return last == null || isOfQuery(last)
          ? "another run of this query"
          : "the query of id [%s]".formatted(last.queryId());
    } catch (KafkaException | ExecutionException e) {
      return "another run";
    }
  }

  private static boolean isFenced(Throwable failure) {
    return has(failure, ProducerFencedException.class)
        || has(failure, InvalidProducerEpochException.class)
        || has(failure, InvalidTxnStateException.class);
  }

  private static boolean has(Throwable failure, Class<?> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    // Aborts an open transaction; after a failure, the next owner or the timeout does.
    if (failed) {
      sender.abandon();
    } else {
      sender.close();
    }
    admin.close(Duration.ofSeconds(1));
  }
}
