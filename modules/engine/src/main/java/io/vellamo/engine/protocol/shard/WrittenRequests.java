package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.ShardRequest.Open;
import io.vellamo.engine.protocol.ShardRequest.RequestParks;
import io.vellamo.engine.shard.ShardLedger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The requests that are answered once the journal holds them, one at a time. */
final class WrittenRequests {
  private final ShardSpec spec;
  private final ShardLedger ledger;
  private final ShardAnswers answers;
  // While the records of a request are being written.
  private ShardInput.@Nullable Requested asked;
  // While requests to parked groups are being written: which of the groups are parked.
  private List<Boolean> found = List.of();

  WrittenRequests(ShardSpec spec, ShardLedger ledger, ShardAnswers answers) {
    this.spec = spec;
    this.ledger = ledger;
    this.answers = answers;
  }

  /** Returns the records of a request to open the shard: the claim of this activation. */
  List<ShardRecord> claim(Open open, ShardInput.Requested requested) {
    asked = requested;
    List<Integer> dropped = ledger.variablesExcept(spec.operator()::declares);
    return List.of(new ShardOwned(ledger.owner() + 1, open.incarnation(), dropped));
  }

  /** Returns the records of requests to parked groups; if there are none, answers. */
  List<ShardRecord> parks(
      RequestParks parks, ShardInput.Requested requested, ShardEffects effects) {
    ParkWrite write = ParkWrite.of(parks, ledger);
    if (write.records().isEmpty()) {
      answers.parksRequested(parks.fence(), write.found(), requested.replyTo(), effects);
    } else {
      asked = requested;
      found = write.found();
    }
    return write.records();
  }

  /** Answers the request that the journal holds now. */
  void written(ShardEffects effects) {
    ShardInput.Requested known = Objects.requireNonNull(asked, "asked");
    asked = null;
    if (known.request() instanceof Open open) {
      answers.opened(open, known.replyTo(), effects);
    } else {
      RequestParks parks = (RequestParks) known.request();
      answers.parksRequested(parks.fence(), found, known.replyTo(), effects);
    }
  }
}
