package io.vellamo.engine.variable;

import io.vellamo.api.process.Expiry;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The type of a variable, as the journal knows it. It never changes.
 *
 * @param kind the kind of variable
 * @param domain the clock of its expiry or, for timers, of the timers; null if entries never expire
 */
public record SlotType(Kind kind, @Nullable TimeDomain domain) {
  /** A kind of variable. */
  public enum Kind {
    /** At most one value. */
    VALUE,
    /** A list of elements, which are added at the end and removed from the front. */
    LIST,
    /** A map. */
    MAP,
    /** Timers by tag. */
    TIMERS
  }

  /** Checks that timers have a clock. */
  public SlotType {
    if (kind == Kind.TIMERS && domain == null) {
      throw new IllegalArgumentException("timers must have a clock");
    }
  }

  /** Returns the type of a declared variable. */
  public static SlotType of(Variable variable) {
    Kind kind =
        variable instanceof ValueVariable<?>
            ? Kind.VALUE
            : variable instanceof ListVariable<?> ? Kind.LIST : Kind.MAP;
    return new SlotType(kind, variable.expiry().map(Expiry::domain).orElse(null));
  }

  /** Returns the type of declared timers. */
  public static SlotType of(TimerName timers) {
    return new SlotType(Kind.TIMERS, timers.domain());
  }

  /** Returns whether entries expire, as opposed to never being due or firing as timers. */
  public boolean expires() {
    return kind != Kind.TIMERS && domain != null;
  }

  @Override
  public String toString() {
    return domain == null ? kind.name() : kind + " in " + domain;
  }
}
