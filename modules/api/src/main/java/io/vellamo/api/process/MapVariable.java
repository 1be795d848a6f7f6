package io.vellamo.api.process;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.StateType;
import java.time.Duration;
import java.util.Optional;

/**
 * A variable that holds a map per group. Putting an entry writes only that entry.
 *
 * <p><b>Threading</b> Immutable: the methods that set an expiry return a new variable, which is the
 * one to declare and to use.
 *
 * @param <A> the type of the map's keys, for which the rules of grouping keys apply
 * @param <B> the type of the map's values
 * @since 0.1
 */
public final class MapVariable<A, B> implements Variable {
  private final String name;
  private final Class<A> keyClass;
  private final StateType<B> type;
  private final Optional<Expiry> expiry;

  MapVariable(String name, Class<A> keyClass, StateType<B> type, Optional<Expiry> expiry) {
    this.name = Names.checked(name);
    this.keyClass = requireNonNull(keyClass, "keyClass");
    this.type = requireNonNull(type, "type");
    this.expiry = expiry;
  }

  /**
   * Returns this variable with entries that expire one by one in processing time.
   *
   * @param after the time from the last write of the entry, at least 1 ms
   * @return the variable with the expiry
   * @throws IllegalArgumentException if {@code after} is shorter than 1 ms
   */
  public MapVariable<A, B> expiresAfterWrite(Duration after) {
    return with(new Expiry(TimeDomain.PROCESSING_TIME, after));
  }

  /**
   * Returns this variable with entries that expire one by one in event time.
   *
   * @param after the time from the event that is being processed at the last write of the entry, or
   *     from the watermark if it has no event time; at least 1 ms
   * @return the variable with the expiry
   * @throws IllegalArgumentException if {@code after} is shorter than 1 ms
   */
  public MapVariable<A, B> expiresAfterWriteInEventTime(Duration after) {
    return with(new Expiry(TimeDomain.EVENT_TIME, after));
  }

  private MapVariable<A, B> with(Expiry newExpiry) {
    return new MapVariable<>(name, keyClass, type, Optional.of(newExpiry));
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Returns the class of the map's keys.
   *
   * @return the class
   */
  public Class<A> keyClass() {
    return keyClass;
  }

  /**
   * Returns the type of the map's values.
   *
   * @return the class, version and migrations
   */
  public StateType<B> type() {
    return type;
  }

  @Override
  public Optional<Expiry> expiry() {
    return expiry;
  }

  /**
   * Returns the name and the types.
   *
   * @return a description for messages
   */
  @Override
  public String toString() {
    return "MapVariable[%s, %s, %s]"
        .formatted(name, keyClass.getTypeName(), type.type().getTypeName());
  }
}
