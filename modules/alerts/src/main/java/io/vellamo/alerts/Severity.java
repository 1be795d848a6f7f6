package io.vellamo.alerts;

/**
 * The severity of an alert, in the levels of PagerDuty.
 *
 * @since 0.1
 */
public enum Severity {
  /** The highest severity. */
  CRITICAL,

  /** The default. */
  ERROR,

  /** Below an error. */
  WARNING,

  /** The lowest severity. */
  INFO
}
