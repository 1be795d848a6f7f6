package io.vellamo.engine.io;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.pipeline.EpochRouter;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedEpoch;
import org.jspecify.annotations.Nullable;

/**
 * The routing of epochs, chunk by chunk.
 *
 * <p><b>Order</b> The chunks of one epoch after those of another; an epoch without ranges has no
 * chunks, see {@link RoutedEpoch#withoutData}.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Failure</b> As thrown by {@link EpochRouter}; the epoch is incomplete, and this instance
 * must be discarded.
 */
public final class EpochReading {
  private final Routing routing;
  // While an epoch is read.
  private @Nullable EpochRouter router;

  /**
   * Creates the routing of a query's epochs.
   *
   * @param shards the number of shards of each operator
   * @param errorPolicy the handling of events for which a stage throws
   * @param keepsEvents whether groups need each event, because it may be kept in the journal
   */
  public EpochReading(
      PreparedQuery query, int shards, ErrorPolicy errorPolicy, boolean keepsEvents) {
    this.routing = new Routing(query, shards, errorPolicy, keepsEvents);
  }

  /**
   * Routes a chunk.
   *
   * @return the epoch if this is its last chunk, else null
   */
  public @Nullable RoutedEpoch take(EventChunk chunk) {
    EpochRouter current = router;
    if (current == null) {
      current = routing.router(chunk.plan());
      router = current;
    }
    chunk.routeTo(current);
    if (!chunk.isLast()) {
      return null;
    }
    router = null;
    return current.finish();
  }
}
