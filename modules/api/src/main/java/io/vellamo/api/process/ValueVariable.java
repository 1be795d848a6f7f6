package io.vellamo.api.process;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.StateType;
import java.time.Duration;
import java.util.Optional;

/**
 * A variable that holds at most one value per group.
 *
 * <p><b>Threading</b> Immutable: the methods that set an expiry return a new variable, which is the
 * one to declare and to use.
 *
 * @param <S> the value type
 * @since 0.1
 */
public final class ValueVariable<S> implements Variable {
  private final String name;
  private final StateType<S> type;
  private final Optional<Expiry> expiry;

  ValueVariable(String name, StateType<S> type, Optional<Expiry> expiry) {
    this.name = Names.checked(name);
    this.type = requireNonNull(type, "type");
    this.expiry = expiry;
  }

  /**
   * Returns this variable with a value that expires in processing time.
   *
   * @param after the time from the last write of the value, at least 1 ms
   * @return the variable with the expiry
   * @throws IllegalArgumentException if {@code after} is shorter than 1 ms
   */
  public ValueVariable<S> expiresAfterWrite(Duration after) {
    return with(new Expiry(TimeDomain.PROCESSING_TIME, after));
  }

  /**
   * Returns this variable with a value that expires in event time.
   *
   * @param after the time from the event that is being processed at the last write of the value, or
   *     from the watermark if it has no event time; at least 1 ms
   * @return the variable with the expiry
   * @throws IllegalArgumentException if {@code after} is shorter than 1 ms
   */
  public ValueVariable<S> expiresAfterWriteInEventTime(Duration after) {
    return with(new Expiry(TimeDomain.EVENT_TIME, after));
  }

  private ValueVariable<S> with(Expiry newExpiry) {
    return new ValueVariable<>(name, type, Optional.of(newExpiry));
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Returns the type of the value.
   *
   * @return the class, version and migrations
   */
  public StateType<S> type() {
    return type;
  }

  @Override
  public Optional<Expiry> expiry() {
    return expiry;
  }

  /**
   * Returns the name and the type.
   *
   * @return a description for messages
   */
  @Override
  public String toString() {
    return "ValueVariable[%s, %s]".formatted(name, type.type().getTypeName());
  }
}
