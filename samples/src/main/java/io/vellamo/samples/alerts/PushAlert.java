package io.vellamo.samples.alerts;

import java.time.Instant;

/**
 * An actor that pushed too often, a row of the sample.
 *
 * @param actor who
 * @param at the time of the push that was one too many
 * @param count the pushes within the window, that one included
 */
public record PushAlert(String actor, Instant at, int count) {}
