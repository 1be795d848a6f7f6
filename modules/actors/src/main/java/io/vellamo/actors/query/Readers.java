package io.vellamo.actors.query;

import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;

/**
 * A coordinator's access to readers that read epochs in its place, on this node and others.
 *
 * <p>The epochs that they have read are told to an {@link io.vellamo.actors.io.IoObserver}, without
 * the events of shards: {@link Shards} know where these are.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
public interface Readers {
  /** Begins a run. */
  void begin(QueryLedger ledger);

  /**
   * Reads and routes an epoch, which has ranges.
   *
   * @param attempt the attempt to run it
   * @param keepsEvents whether groups get each event, so that none are reduced before
   */
  void read(EpochPlan plan, long attempt, boolean keepsEvents);

  /** Tells the sources of a commit. */
  void committed(Offsets offsets);

  /** Forgets what was read of an attempt. */
  void discard(long epoch, long attempt);
}
