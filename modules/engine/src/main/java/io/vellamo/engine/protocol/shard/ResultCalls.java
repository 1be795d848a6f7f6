package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls for a shard's part of the whole result, one for each group of the ledger, which must
 * not change meanwhile.
 */
final class ResultCalls {
  private final Iterator<Map.Entry<GroupKey, GroupEntry>> groups;
  private final List<Object> rows = new ArrayList<>();

  private ResultCalls(Iterator<Map.Entry<GroupKey, GroupEntry>> groups) {
    this.groups = groups;
  }

  static ResultCalls of(ShardLedger ledger) {
    return new ResultCalls(ledger.groups().entrySet().iterator());
  }

  static ResultCalls none() {
    return new ResultCalls(Collections.emptyIterator());
  }

  /** Returns the next calls, at most so many; none when all have been made. */
  List<EpochCall> next(int most) {
    List<EpochCall> calls = new ArrayList<>();
    while (calls.size() < most && groups.hasNext()) {
      Map.Entry<GroupKey, GroupEntry> group = groups.next();
      calls.add(EpochCall.ofResult(group.getKey(), group.getValue()));
    }
    return calls;
  }

  /** Takes the results of calls; returns the first failure, or null. */
  CallResult.@Nullable Threw take(List<CallResult> results) {
    for (CallResult result : results) {
      if (result instanceof CallResult.Threw threw) {
        return threw;
      }
      rows.addAll(((CallResult.Returned) result).outcome().rows());
    }
    return null;
  }

  /** Returns the rows so far. */
  List<Object> rows() {
    return rows;
  }
}
