package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * The grouping keys of an operator that take the largest shares of its events and of its function's
 * time, over the last one to two minutes of this run.
 *
 * <p>The numbers are estimates of a space-saving sketch (Metwally, Agrawal, El Abbadi: Efficient
 * Computation of Frequent and Top-k Elements in Data Streams, 2005), whose memory is bounded. At
 * the default number of keys, a key with a share above 3 % is certain to be found, and at most 2 %
 * of everything is missing from an amount.
 *
 * <p>A report holds keys as text, which may be personal data. They are not part of {@link
 * StreamingQueryProgress}, and never logged.
 *
 * @param operator the operator's name
 * @param since the beginning of the period, by the query's clock
 * @param byEvents the keys with the most events, the most frequent first; the amounts are numbers
 *     of events
 * @param byTime the keys with the most time in the function, the slowest first; the amounts are
 *     microseconds
 * @since 0.1
 */
public record HotKeys(String operator, Instant since, List<HotKey> byEvents, List<HotKey> byTime)
    implements JsonReport {
  /** Checks the components, and copies the keys. */
  public HotKeys {
    requireNonNull(operator, "operator");
    requireNonNull(since, "since");
    byEvents = List.copyOf(byEvents);
    byTime = List.copyOf(byTime);
  }

  /**
   * One key.
   *
   * @param key the string form of the grouping key, at most 200 characters
   * @param amount the estimated amount
   * @param error the largest possible overestimate: the amount is at least {@code amount - error}
   * @param share the amount as a fraction of that of all keys, from 0 to 1
   */
  public record HotKey(String key, long amount, long error, double share) implements JsonReport {
    /** Checks the components. */
    public HotKey {
      requireNonNull(key, "key");
    }

    /** Omits the key so that it can't reach a log. */
    @Override
    public String toString() {
      return "HotKey[amount=%d, share=%s]".formatted(amount, share);
    }
  }
}
