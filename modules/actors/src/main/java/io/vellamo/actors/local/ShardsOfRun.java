package io.vellamo.actors.local;

import io.vellamo.actors.io.QueryResources;
import io.vellamo.actors.query.Shards;

/** The source of a run's access to its shards. */
@FunctionalInterface
public interface ShardsOfRun {
  /**
   * Returns a factory of the access.
   *
   * @param resources what the run holds
   * @return the factory, which the coordinator calls
   */
  Shards.Factory of(QueryResources resources);
}
