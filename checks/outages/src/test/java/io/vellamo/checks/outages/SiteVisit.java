package io.vellamo.checks.outages;

/**
 * An event.
 *
 * @param number its place among all visits
 */
record SiteVisit(String visitor, int number) {
  /** Returns the visit as JSON. */
  String json() {
    return "{\"visitor\":\"%s\",\"number\":%d}".formatted(visitor, number);
  }
}
