package io.vellamo.alerts;

/**
 * The change of an incident that an {@link Alert} reports.
 *
 * @since 0.1
 */
public enum AlertKind {
  /** The incident has begun. Exactly one alert of an incident has this kind, the first. */
  TRIGGERED,

  /** The incident still lasts. */
  REMINDED,

  /** The incident has ended. At most one alert of an incident has this kind, the last. */
  RESOLVED
}
