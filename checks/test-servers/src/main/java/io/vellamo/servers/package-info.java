/**
 * Real servers for tests and samples: PostgreSQL and Cassandra, each on a free local port.
 *
 * <p>Read first: {@link io.vellamo.servers.PostgreSqlServer}, {@link
 * io.vellamo.servers.CassandraServer}.
 */
@NullMarked
package io.vellamo.servers;

import org.jspecify.annotations.NullMarked;
