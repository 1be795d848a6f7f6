package io.vellamo.engine.protocol;

/**
 * The time at which an input arrives.
 *
 * @param wallMillis the query's clock, which can be set
 * @param monotonicMillis elapsed time, which never goes back
 */
public record Now(long wallMillis, long monotonicMillis) {}
