package io.vellamo.samples.alerts;

import java.time.Instant;

/**
 * An actor that pushed too often, a row of the sample.
 *
 * @param actor the actor's login
 * @param at the time of the push that raised the alert
 * @param count the number of pushes within the window, that one included
 */
public record PushAlert(String actor, Instant at, int count) {}
