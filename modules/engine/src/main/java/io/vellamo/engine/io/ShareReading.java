package io.vellamo.engine.io;

import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RangeOutput;
import io.vellamo.engine.pipeline.RoutedShare;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routing of a share of an epoch's ranges, chunk by chunk.
 *
 * <p>All shares of an epoch together give what {@link EpochReading} gives for the whole epoch,
 * except that the events of an aggregation are reduced range by range: an epoch that is read again
 * may be divided among other readers, and must give the same rows to the last digit.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Failure</b> As thrown by {@link EpochRouter}; the share is incomplete, and this instance
 * must be discarded.
 */
public final class ShareReading {
  private final EpochShare share;
  private final EpochRouter router;
  private final List<RangeOutput> outputs = new ArrayList<>();
  // The place, in the share, of the range that is read.
  private int place;

  /**
   * Creates the routing of a share.
   *
   * @param shards the number of shards of each operator
   * @param keepsEvents whether groups need each event, because it may be kept in the journal
   */
  public ShareReading(PreparedQuery query, int shards, boolean keepsEvents, EpochShare share) {
    this.share = share;
    this.router =
        new Routing(query, shards, query.plan().errorPolicy(), keepsEvents).router(share.plan());
  }

  /**
   * Routes a chunk, which must be the next one of the share.
   *
   * @return the share if this is its last chunk, else null
   */
  public @Nullable RoutedShare take(EventChunk chunk) {
    while (share.ranges().get(place) != chunk.range()) {
      endRange();
    }
    chunk.routeTo(router);
    if (!chunk.isLast()) {
      return null;
    }
    endRange();
    return router.finish(share.ranges(), outputs);
  }

  private void endRange() {
    RangeOutput output = router.endRange(share.ranges().get(place));
    if (!output.isEmpty()) {
      outputs.add(output);
    }
    place++;
  }
}
