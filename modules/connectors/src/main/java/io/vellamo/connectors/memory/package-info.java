/**
 * A source and a sink in memory, for tests.
 *
 * <p>Read first: {@link io.vellamo.connectors.memory.MemorySource}, {@link
 * io.vellamo.connectors.memory.MemorySink}.
 */
@NullMarked
package io.vellamo.connectors.memory;

import org.jspecify.annotations.NullMarked;
