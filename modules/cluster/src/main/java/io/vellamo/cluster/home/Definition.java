package io.vellamo.cluster.home;

import io.vellamo.actors.observe.QueryMonitor;
import io.vellamo.actors.query.QuerySpec;

/**
 * A query as a node has defined it.
 *
 * @param spec the query
 * @param fingerprint its text
 * @param mirror the monitor of the node's handle
 */
record Definition(QuerySpec spec, Fingerprint fingerprint, QueryMonitor mirror) {
  /** Returns the definition of a query. */
  static Definition of(QuerySpec spec, QueryMonitor mirror) {
    return new Definition(spec, Fingerprint.of(spec), mirror);
  }

  String name() {
    return spec.name();
  }
}
