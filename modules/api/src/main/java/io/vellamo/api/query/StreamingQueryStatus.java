package io.vellamo.api.query;

/**
 * The present activity of a query.
 *
 * @param message for people, such as {@code Waiting for data to arrive}
 * @param isDataAvailable whether input is known to wait
 * @param isTriggerActive whether an epoch is being planned, run or committed
 * @since 0.1
 */
public record StreamingQueryStatus(String message, boolean isDataAvailable, boolean isTriggerActive)
    implements JsonReport {}
