package io.vellamo.engine.group;

import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.Expiry;
import io.vellamo.api.process.ListState;
import io.vellamo.api.process.ListVariable;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.ProcessingTimers;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.process.Timers;
import io.vellamo.api.process.ValueState;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variable;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.PendingVariables;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariablesView;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The variables and timers of a group during a call.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class TypedVariables {
  private final DeclaredVariables declared;
  private final PendingVariables pending;
  private final EpochTimes times;
  private final @Nullable KeyedEvents<?> events;
  private boolean open = true;

  /**
   * Creates the variables of a call, or of a group that is only read.
   *
   * @param events the events of the call, whose times event-time expiries start at; null if it has
   *     none
   */
  public TypedVariables(
      DeclaredVariables declared,
      VariablesView before,
      EpochTimes times,
      @Nullable KeyedEvents<?> events) {
    this.declared = declared;
    this.pending = new PendingVariables(before);
    this.times = times;
    this.events = events;
  }

  /** Returns a variable's value. */
  @SuppressWarnings("unchecked") // declared with the variable's types
  public <S> ValueState<S> value(ValueVariable<S> variable) {
    DeclaredVariable known = known(variable);
    return new TypedValue<>(slot(known), (StateCodec<S>) known.codec());
  }

  /** Returns a variable's list. */
  @SuppressWarnings("unchecked") // declared with the variable's types
  public <S> ListState<S> list(ListVariable<S> variable) {
    DeclaredVariable known = known(variable);
    return new TypedList<>(slot(known), (StateCodec<S>) known.codec());
  }

  /** Returns a variable's map. */
  @SuppressWarnings("unchecked") // declared with the variable's types
  public <A, B> MapState<A, B> map(MapVariable<A, B> variable) {
    DeclaredVariable known = known(variable);
    KeyCodec keyCodec = Objects.requireNonNull(known.keyCodec(), "keyCodec");
    return new TypedMap<>(slot(known), keyCodec, (StateCodec<B>) known.codec());
  }

  private DeclaredVariable known(Variable variable) {
    requireOpen();
    return declared.declared(variable);
  }

  private TypedSlot slot(DeclaredVariable known) {
    Expiry expiry = known.variable().expiry().orElse(null);
    return new TypedSlot(this, known.number(), known.type(), expiry);
  }

  /** Returns timers in event time. */
  public Timers timers(EventTimer name) {
    requireOpen();
    return new TypedTimers(this, declared.declared(name));
  }

  /** Returns timers in processing time. */
  public ProcessingTimers timers(ProcessingTimer name) {
    requireOpen();
    return new TypedTimers(this, declared.declared(name));
  }

  PendingVariables pending() {
    return pending;
  }

  EpochTimes times() {
    return times;
  }

  /** Returns whether the call has events, as opposed to a timer. */
  boolean hasEvents() {
    return events != null;
  }

  /** Returns the event time of the event read last; null if there is none. */
  @Nullable Instant eventTime() {
    return events == null ? null : events.eventTime();
  }

  /** Returns the time at which an entry that is written now expires. */
  long dueMillis(@Nullable Expiry expiry) {
    if (expiry == null) {
      return SlotEntry.NEVER;
    }
    long after = Millis.of(expiry.after());
    if (expiry.domain() == TimeDomain.PROCESSING_TIME) {
      return Millis.plus(times.processingTimeMillis(), after);
    }
    Instant eventTime = eventTime();
    if (eventTime != null) {
      return Millis.plus(Millis.of(eventTime), after);
    }
    Watermark watermark = expiryWatermark(times);
    boolean isTime = watermark.isKnown() && !watermark.equals(Watermark.END);
    return isTime ? Millis.plus(watermark.millis(), after) : SlotEntry.NEVER;
  }

  /** Returns whether an entry of a variable has not expired. */
  boolean isVisible(SlotType type, SlotEntry entry) {
    return !hasExpired(type, entry, times);
  }

  /** Returns whether an entry of a variable has expired in an epoch; false for timers. */
  public static boolean hasExpired(SlotType type, SlotEntry entry, EpochTimes times) {
    TimeDomain domain = type.domain();
    return domain != null && type.expires() && entry.isDueAt(expiryMillis(domain, times));
  }

  /** Returns whether some entries of a variable may have expired. */
  boolean mayExpire(SlotType type, SlotView slot) {
    TimeDomain domain = type.domain();
    return domain != null && slot.firstDueMillis() <= expiryMillis(domain, times);
  }

  /** Returns the time of a clock at which entries have expired. */
  public static long expiryMillis(TimeDomain domain, EpochTimes times) {
    return domain == TimeDomain.PROCESSING_TIME
        ? times.processingTimeMillis()
        : expiryWatermark(times).millis();
  }

  /**
   * In the epoch in which the end of time fires timers, nothing expires that had not expired
   * before: the timers still see their entries. After it, all entries in event time have expired.
   */
  private static Watermark expiryWatermark(EpochTimes times) {
    return times.watermark().equals(Watermark.END) ? times.lateWatermark() : times.watermark();
  }

  /** Ends the call: later uses throw. */
  void close() {
    open = false;
  }

  void requireOpen() {
    if (!open) {
      throw new IllegalStateException(
          "A variable or timer was used after its call had ended; use it within the method of the processor");
    }
  }
}
