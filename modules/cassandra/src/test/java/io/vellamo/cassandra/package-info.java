/** Sinks on a real Cassandra node. */
@NullMarked
package io.vellamo.cassandra;

import org.jspecify.annotations.NullMarked;
