package io.vellamo.api.group;

/**
 * A migration of a group's state from one version to the next. It works on plain values, so that no
 * class of the older version has to be kept.
 *
 * <p>An object is a {@code Map} from property names to values, in the order in which the properties
 * were written; a list is a {@code List}; a string or enum is a {@code String}; an integer is an
 * {@code Integer}, {@code Long} or {@code BigInteger}, depending on its size, so use {@code
 * Number}; a decimal number is a {@code Float}, {@code Double} or {@code BigDecimal}, as it was
 * written; a byte array and a {@code UUID} are {@code byte[]}. An {@code Instant} or {@code
 * Duration} is a {@code BigDecimal} of seconds, a {@code LocalDate} is a list of year, month and
 * day; other classes have the form that Jackson gives them. The values belong to the call and may
 * be modified and returned.
 *
 * <p><b>Order</b> Called whenever a state of the older version is read, possibly several times for
 * the same state: until the group is updated, its stored state stays in the older version.
 *
 * <p><b>Threading</b> One instance serves all groups concurrently; the result must depend on the
 * argument alone.
 *
 * <p><b>Failure</b> An exception fails the start or the epoch that reads the state. The stored
 * state is unchanged.
 *
 * @param <T> the form of the older state: {@code Map} for objects
 * @since 0.1
 */
@FunctionalInterface
public interface StateMigration<T> {
  /**
   * Returns a state in the form of the next version.
   *
   * @param state the older state
   * @return the newer state, as plain values or as any object that Jackson can write; must not be
   *     null
   * @throws Exception if the state can't be migrated
   */
  Object migrate(T state) throws Exception;
}
