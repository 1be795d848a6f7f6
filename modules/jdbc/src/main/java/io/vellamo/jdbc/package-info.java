/**
 * Tables of relational databases as sources and sinks.
 *
 * <p>Read first: {@link io.vellamo.jdbc.JdbcSink}, {@link io.vellamo.jdbc.JdbcSource}, {@link
 * io.vellamo.jdbc.JdbcDatabase}.
 */
@NullMarked
package io.vellamo.jdbc;

import org.jspecify.annotations.NullMarked;
