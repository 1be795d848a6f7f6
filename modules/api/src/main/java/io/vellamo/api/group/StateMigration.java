package io.vellamo.api.group;

/**
 * A step from one version of a group's state to the next, on plain values: no class of the older
 * version has to be kept.
 *
 * <p>An object is a {@code Map} from property names to values, in the order in which they were
 * written; a list is a {@code List}; a text or enum is a {@code String}; a whole number is an
 * {@code Integer}, {@code Long} or {@code BigInteger}, by its size, so use {@code Number}; a
 * fraction is a {@code Float}, {@code Double} or {@code BigDecimal}, as it was written; bytes and a
 * {@code UUID} are {@code byte[]}. An {@code Instant} or {@code Duration} is a {@code BigDecimal}
 * of seconds, a {@code LocalDate} a list of year, month and day; other classes are what Jackson
 * makes of them. All of it belongs to the call and may be changed and returned.
 *
 * <p><b>Order</b> Called whenever a state of the older version is read, so maybe several times for
 * the same state: until the group is updated, its state stays as it was written.
 *
 * <p><b>Threading</b> One instance serves all groups at the same time; it must depend on nothing
 * but its argument.
 *
 * <p><b>Failure</b> An exception fails the start or the epoch that needs the state; nothing is
 * lost, as the stored state stays as it is.
 *
 * @param <T> the form of the older state: {@code Map} for objects
 * @since 0.1
 */
@FunctionalInterface
public interface StateMigration<T> {
  /**
   * Returns a state as the next version writes it.
   *
   * @param state the older state
   * @return the newer state, of plain values or of anything Jackson can write; must not be null
   * @throws Exception if the state can't be migrated
   */
  Object migrate(T state) throws Exception;
}
