package io.vellamo.api.window;

/**
 * A rule that assigns events to windows by their event times. {@link Window} creates them.
 *
 * <p>An event without event time belongs to no window.
 *
 * @param <T> the events
 * @since 0.1
 */
public sealed interface Windows<T> permits TimeWindows, SessionWindows {}
