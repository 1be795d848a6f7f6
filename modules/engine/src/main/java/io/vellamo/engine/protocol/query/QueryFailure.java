package io.vellamo.engine.protocol.query;

/**
 * The reason why a query fails.
 *
 * @param epoch the epoch that fails with it; 0 if there is none
 * @param message the message, for the user
 * @param problem identifies the exception, see {@link Problem#id}; 0 if there is none
 */
public record QueryFailure(long epoch, String message, long problem) {}
