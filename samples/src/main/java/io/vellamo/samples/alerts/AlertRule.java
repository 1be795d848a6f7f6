package io.vellamo.samples.alerts;

import java.time.Duration;

/**
 * When pushes are too many.
 *
 * @param pushes how many within the window raise an alert
 * @param window how long a push counts: at {@code t} those in {@code (t - window, t]}
 */
record AlertRule(int pushes, Duration window) {}
