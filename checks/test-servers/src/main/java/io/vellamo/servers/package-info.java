/**
 * Real servers for tests and samples: PostgreSQL, Cassandra and Kafka, each on a free local port.
 *
 * <p>Read first: {@link io.vellamo.servers.PostgreSqlServer}, {@link
 * io.vellamo.servers.CassandraServer}, {@link io.vellamo.servers.KafkaServer}.
 */
@NullMarked
package io.vellamo.servers;

import org.jspecify.annotations.NullMarked;
