package io.vellamo.samples.alerts;

import java.time.Duration;

/**
 * The number of pushes within a window that raises an alert.
 *
 * @param pushes the smallest number of pushes within the window that raises an alert
 * @param window the length of the window: at {@code t}, it holds the pushes in {@code (t - window,
 *     t]}
 */
record PushRule(int pushes, Duration window) {}
