/** Sources and sinks on real PostgreSQL and H2. */
@NullMarked
package io.vellamo.jdbc;

import org.jspecify.annotations.NullMarked;
