package io.vellamo.benchmarks.ads;

/**
 * Something that a user did with an ad.
 *
 * @param user the user
 * @param page the page with the ad
 * @param ad the ad
 * @param place the kind of ad
 * @param action what the user did
 * @param timeMillis the event time
 */
public record AdEvent(long user, long page, long ad, Place place, Action action, long timeMillis) {
  /** The kinds of ads. */
  public enum Place {
    BANNER,
    MODAL,
    SPONSORED_SEARCH,
    MAIL,
    MOBILE
  }

  /** The kinds of events. */
  public enum Action {
    VIEW,
    CLICK,
    PURCHASE
  }
}
