/**
 * Tables of Cassandra and ScyllaDB as sinks.
 *
 * <p>Read first: {@link io.vellamo.cassandra.CassandraSink}, {@link
 * io.vellamo.cassandra.CassandraCluster}, {@link io.vellamo.cassandra.CassandraKey}.
 */
@NullMarked
package io.vellamo.cassandra;

import org.jspecify.annotations.NullMarked;
