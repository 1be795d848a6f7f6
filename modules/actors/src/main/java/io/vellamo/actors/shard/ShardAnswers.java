package io.vellamo.actors.shard;

import io.vellamo.actors.shard.ShardFailure.EventPosition;
import io.vellamo.api.SerializationException;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.UnreadableStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replies of a shard. */
final class ShardAnswers {
  private final ShardConfig config;
  private final ShardDeadLetterForms deadLetters;

  ShardAnswers(ShardConfig config) {
    this.config = config;
    this.deadLetters = new ShardDeadLetterForms(config.eventCodec());
  }

  /**
   * Returns the reply to a run that begins.
   *
   * @param readStates whether to read all states first
   */
  ShardReply opened(ShardLedger ledger, boolean readStates) {
    UnreadableStates unreadable =
        readStates ? UnreadableStates.find(ledger, config.operator().stateCodec()) : null;
    if (unreadable != null) {
      String message =
          "shard [%d] can't go on: %s"
              .formatted(config.index(), unreadable.message(config.operator().keyCodec()));
      return failed(ShardFailure.of(message, unreadable.failure()));
    }
    return new ShardReply.Opened(config.index(), ledger.nextDue(), ShardSize.of(ledger));
  }

  /** Returns the reply for an epoch that the shard holds already. */
  ShardReply fromMemory(ShardLedger ledger) {
    List<Object> rows = new ArrayList<>(ledger.lastRows().size());
    for (StoredValue row : ledger.lastRows()) {
      Object read = config.operator().rowCodec().read(row);
      rows.add(row.eventTime() == null ? read : new TimedRow(read, row.eventTime()));
    }
    return new ShardReply.Done(
        config.index(),
        ledger.lastEpoch(),
        rows,
        deadLetters.of(ledger.lastDeadLetters()),
        ledger.lastDeadLetters().eventsOfEpoch(),
        ledger.nextDue(),
        ShardSize.of(ledger),
        0,
        0);
  }

  /**
   * Returns the reply for an epoch that was run; the ledger holds it, unless it changed nothing.
   */
  ShardReply done(ShardEpoch epoch, ShardLedger ledger) {
    ShardDeadLetters letters = epoch.deadLetters();
    return new ShardReply.Done(
        config.index(),
        epoch.request().times().epoch(),
        epoch.steps().rows(),
        letters == null ? List.of() : deadLetters.of(letters),
        letters == null ? 0 : letters.eventsOfEpoch(),
        ledger.nextDue(),
        ShardSize.of(ledger),
        epoch.steps().updated(),
        epoch.steps().removed());
  }

  /**
   * Returns the failure of a call: the user's function threw, or a value can't be read or written.
   */
  ShardReply threw(StepResult.Threw threw) {
    GroupBatch<Object> batch = threw.call().batch();
    EventPosition position =
        batch == null || batch.size() == 0
            ? null
            : new EventPosition(batch.currentRange(), batch.currentOffset());
    Throwable cause = threw.cause();
    String key = Failures.text(config.operator().keyCodec().read(threw.call().key()));
    boolean isUnwritable = cause instanceof SerializationException;
    String message =
        isUnwritable
            ? "group [%s] can't go on: %s".formatted(key, cause.getMessage())
            : "the function threw [%s] for group [%s]".formatted(cause.getClass().getName(), key);
    String details = isUnwritable ? "" : config.failures().details(cause);
    return failed(new ShardFailure(message + calledFor(batch), position, details, cause));
  }

  private static String calledFor(@Nullable GroupBatch<Object> batch) {
    if (batch == null) {
      return ", called for a timeout";
    }
    return batch.size() == 0 ? ", called for its initial state" : "";
  }

  /** Returns the refusal of a run that a later one has replaced. */
  ShardReply fenced(ShardLedger ledger, long incarnation) {
    String message =
        "shard [%d] belongs to run [%d] of the query, run [%d] must not write to it any more; another start of the query has taken over"
            .formatted(config.index(), ledger.incarnation(), incarnation);
    return failed(ShardFailure.of(message, null));
  }

  /**
   * Returns the failure of a shard that is ahead of its query: their journals don't belong
   * together.
   */
  ShardReply ahead(ShardLedger ledger, long epoch) {
    String message =
        "shard [%d] must not be ahead of its query, it holds epoch [%d] and was asked for [%d]; query and shards must use the same journal, restore them together"
            .formatted(config.index(), ledger.lastEpoch(), epoch);
    return failed(ShardFailure.of(message, null));
  }

  /** Returns the parked groups. */
  ShardReply parked(ShardLedger ledger, long id) {
    List<ParkedGroup> groups =
        ledger.parked().all().stream()
            .map(
                group ->
                    new ParkedGroup(
                        config.operatorName(),
                        config.operator().keyCodec().read(group.key()),
                        group.reason().sinceEpoch(),
                        group.reason().error(),
                        Optional.ofNullable(group.reason().message()),
                        group.events().size()))
            .toList();
    return new ShardReply.Parked(config.index(), id, groups);
  }

  /** Returns the reply to requests; those to groups that are not parked were not written. */
  ShardReply parksRequested(ShardLedger ledger, long id, List<Boolean> found) {
    return new ShardReply.ParksRequested(config.index(), id, found, ledger.nextDue());
  }

  /** Returns the failure for an event of a parked group that can't be kept. */
  ShardReply notParked(SerializationException failure) {
    String message = failure.getMessage() + ", or its group can't be parked";
    return failed(ShardFailure.of(message, failure));
  }

  /** Returns the failure for an event that can't be recorded. */
  ShardReply notRecorded(SerializationException failure) {
    String message = failure.getMessage() + ", or set vellamo.journal.record-inputs to off";
    return failed(ShardFailure.of(message, failure));
  }

  private ShardReply failed(ShardFailure failure) {
    return new ShardReply.Failed(config.index(), failure);
  }
}
