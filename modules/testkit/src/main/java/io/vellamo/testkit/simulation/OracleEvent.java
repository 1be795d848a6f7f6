package io.vellamo.testkit.simulation;

import org.jspecify.annotations.Nullable;

/**
 * An event or a row on its way.
 *
 * @param value the event or row
 * @param time its event time; null if it has none
 */
record OracleEvent<V>(V value, @Nullable Long time) {}
