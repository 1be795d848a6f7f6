package io.vellamo.cluster.home;

import io.vellamo.actors.local.ShardsOfRun;
import io.vellamo.actors.query.QuerySpec;

/** The source of the access to the shards of queries. */
@FunctionalInterface
interface RunShards {
  /** Returns the access to the shards of a query. */
  ShardsOfRun of(QuerySpec spec);
}
