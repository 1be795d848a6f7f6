package io.vellamo.kafka;

import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.EpochRows;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/**
 * The transactions of one transactional id, each with the rows and the marker of one epoch.
 *
 * <p><b>Order</b> {@link #write} and {@link #commit} alternate. After an exception only {@link
 * #close} may follow; the owner opens another, which finds out how the last transaction ended.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class EpochTransaction<U> implements AutoCloseable {
  private final RowSender<U> sender;
  private final EpochMarker marker;
  private final Admin admin;
  private final UUID queryId;
  private final Duration timeout;
  private final KafkaFailures failures;
  private long written;
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
      UUID queryId,
      Duration timeout,
      KafkaFailures failures) {
    this.sender = sender;
    this.marker = marker;
    this.admin = admin;
    this.queryId = queryId;
    this.timeout = timeout;
    this.failures = failures;
  }

  /**
   * Fences earlier owners, waits for the end of their last transaction, and reads its marker.
   *
   * @param committedEpoch the last epoch that the query has committed
   */
  void open(long committedEpoch) throws InterruptedException {
    EpochMarker.Stored stored;
    try {
      begunNanos = System.nanoTime();
      sender.producer().initTransactions();
      stored = marker.read(admin);
    } catch (KafkaException | ExecutionException e) {
      throw failure("begin transactions as [%s]".formatted(marker.group()), e);
    }
    // Epochs of a former query of this name are numbered from 1 too.
    written =
        stored != null && stored.queryId().equals(queryId.toString())
            ? stored.epoch()
            : committedEpoch;
    if (written > committedEpoch + 1) {
      throw failures.lasting(
          "Epoch [%d] must be the last one that sink [%s] holds of this query, but it holds epoch [%d]; restore the journal that wrote it, or start the query under another name"
              .formatted(committedEpoch + 1, failures.description(), written),
          null);
    }
  }

  /** Writes the rows of an epoch; they are not visible yet. An epoch already there is skipped. */
  void write(EpochRows<? extends U> rows) throws InterruptedException {
    if (rows.epoch() <= written || rows.size() == 0) {
      return;
    }
    begunNanos = System.nanoTime();
    try {
      sender.producer().beginTransaction();
      sender.send(rows);
      marker.send(sender.producer(), queryId, rows.epoch());
    } catch (KafkaException e) {
      throw failure("write epoch [%d]".formatted(rows.epoch()), firstCause(e));
    }
  }

  /** Makes the rows of an epoch visible. */
  void commit(EpochRows<? extends U> rows) throws InterruptedException {
    if (rows.epoch() <= written || rows.size() == 0) {
      return;
    }
    try {
      sender.producer().commitTransaction();
    } catch (KafkaException e) {
      throw failure("commit epoch [%d]".formatted(rows.epoch()), firstCause(e));
    }
    written = rows.epoch();
    sender.acknowledged(rows.size(), begunNanos);
  }

  Map<String, Long> metrics() {
    return sender.metrics();
  }

  /** Returns the failure of a send, which the calls after it only repeat in other words. */
  private Exception firstCause(KafkaException failure) {
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
      EpochMarker.Stored last = marker.read(admin);
      return last == null || last.queryId().equals(queryId.toString())
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
