package io.vellamo.benchmarks.nexmark;

/** An event of the auction house. */
public sealed interface NexmarkEvent {
  /** Returns the event time. */
  long timeMillis();

  /**
   * A person that registers.
   *
   * @param id the person, from {@link NexmarkGenerator#FIRST_ID}
   * @param name the full name
   * @param city the city
   * @param timeMillis the event time
   */
  record Person(long id, String name, String city, long timeMillis) implements NexmarkEvent {}

  /**
   * An auction that opens.
   *
   * @param id the auction, from {@link NexmarkGenerator#FIRST_ID}
   * @param seller the person who sells
   * @param category the category of the item
   * @param initialBid the lowest price, in cents
   * @param reserve the price below which the item isn't sold, in cents
   * @param timeMillis the event time
   * @param expiresMillis the time at which the auction ends
   */
  record Auction(
      long id,
      long seller,
      int category,
      long initialBid,
      long reserve,
      long timeMillis,
      long expiresMillis)
      implements NexmarkEvent {}

  /**
   * A bid for the item of an auction.
   *
   * @param auction the auction
   * @param bidder the person who bids
   * @param price the price, in cents
   * @param timeMillis the event time
   */
  record Bid(long auction, long bidder, long price, long timeMillis) implements NexmarkEvent {}
}
