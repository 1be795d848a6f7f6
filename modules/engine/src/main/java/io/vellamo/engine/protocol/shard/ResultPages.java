package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shard's part of the whole result, page by page: the groups of the ledger, which must not change
 * meanwhile, are called for their rows once the rows of the preceding calls have been handed over.
 *
 * <p><b>Cost</b> Memory of the rows of one round of calls. That is a page if a group has one row;
 * the rows of groups with many windows are several pages.
 */
final class ResultPages {
  /** The most rows of a page, and calls of a round: enough that messages cost less than calls. */
  static final int MOST_ROWS = 1_000;

  /**
   * The most bytes of a page, and of the states of a round, but not less than a row and a state:
   * half of the largest message that Pekko sends between nodes by default.
   */
  static final long MOST_BYTES = 128 << 10;

  private final Iterator<Map.Entry<GroupKey, GroupEntry>> groups;
  private final Deque<ResultRow> rows = new ArrayDeque<>();
  // Whether the calls under way are those of pages that are not needed any more.
  private boolean dropsRound;
  private int pages;
  private long count;

  private ResultPages(Iterator<Map.Entry<GroupKey, GroupEntry>> groups, boolean dropsRound) {
    this.groups = groups;
    this.dropsRound = dropsRound;
  }

  static ResultPages of(ShardLedger ledger) {
    return new ResultPages(ledger.groups().entrySet().iterator(), false);
  }

  static ResultPages none() {
    return new ResultPages(Collections.emptyIterator(), false);
  }

  /**
   * Returns the pages from the first one on.
   *
   * @param isCalling whether calls are under way, whose results are to be dropped
   */
  ResultPages again(ShardLedger ledger, boolean isCalling) {
    return new ResultPages(ledger.groups().entrySet().iterator(), isCalling);
  }

  /** Returns the next calls, at most so many; none when all have been made. */
  List<EpochCall> nextCalls(int most) {
    List<EpochCall> calls = new ArrayList<>();
    long bytes = 0;
    while (calls.size() < Math.min(most, MOST_ROWS) && bytes < MOST_BYTES && groups.hasNext()) {
      Map.Entry<GroupKey, GroupEntry> group = groups.next();
      calls.add(EpochCall.ofResult(group.getKey(), group.getValue()));
      bytes += group.getValue().size(group.getKey());
    }
    return calls;
  }

  /** Takes the results of calls; returns the first failure, or null. */
  CallResult.@Nullable Threw take(List<CallResult> results) {
    if (dropsRound) {
      dropsRound = false;
      return null;
    }
    for (CallResult result : results) {
      if (result instanceof CallResult.Threw threw) {
        return threw;
      }
      for (Object row : ((CallResult.Returned) result).outcome().rows()) {
        rows.add((ResultRow) row);
      }
    }
    return null;
  }

  /** Returns whether rows are to be handed over before the next calls. */
  boolean hasNext() {
    return !rows.isEmpty();
  }

  /** Removes and returns the rows of the next page. */
  List<Object> next() {
    List<Object> page = new ArrayList<>(Math.min(MOST_ROWS, rows.size()));
    long bytes = 0;
    while (page.size() < MOST_ROWS && !rows.isEmpty()) {
      bytes += rows.element().size();
      if (bytes > MOST_BYTES && !page.isEmpty()) {
        break;
      }
      page.add(rows.remove());
    }
    pages++;
    count += page.size();
    return page;
  }

  /** Returns the number of pages so far, which is that of the next one. */
  int pages() {
    return pages;
  }

  /** Returns the number of rows of the pages so far. */
  long count() {
    return count;
  }
}
