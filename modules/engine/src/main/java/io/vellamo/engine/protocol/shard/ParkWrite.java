package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.journal.JournalRecord.ParkRequested;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.ShardRequest.RequestParks;
import io.vellamo.engine.shard.ShardLedger;
import java.util.ArrayList;
import java.util.List;

/**
 * What is written for requests to parked groups.
 *
 * @param found whether the group of each request is parked, in their order
 * @param records the requests to groups that are
 */
record ParkWrite(List<Boolean> found, List<ShardRecord> records) {
  static ParkWrite of(RequestParks parks, ShardLedger ledger) {
    List<Boolean> found = new ArrayList<>();
    List<ShardRecord> records = new ArrayList<>();
    for (RequestParks.Requested each : parks.requests()) {
      boolean isParked = ledger.parked().get(each.key()) != null;
      found.add(isParked);
      if (isParked) {
        records.add(new ParkRequested(each.key(), each.request()));
      }
    }
    return new ParkWrite(found, records);
  }
}
