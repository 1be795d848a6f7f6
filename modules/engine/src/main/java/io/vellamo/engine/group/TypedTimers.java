package io.vellamo.engine.group;

import io.vellamo.api.process.ProcessingTimers;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.api.process.Timer;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.PendingSlot;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The timers of a name during a call. */
record TypedTimers(TypedVariables call, DeclaredTimer declared) implements ProcessingTimers {
  private static final byte[] NO_VALUE = {};
  private static final Instant FIRST = Instant.ofEpochMilli(Millis.FIRST);
  private static final Instant LAST = Instant.ofEpochMilli(Millis.LAST);

  @Override
  public void set(Instant time) {
    set(EntryKey.NONE, time);
  }

  @Override
  public void set(String tag, Instant time) {
    set(key(tag), time);
  }

  @Override
  public void setAfter(Duration delay) {
    set(EntryKey.NONE, after(delay));
  }

  @Override
  public void setAfter(String tag, Duration delay) {
    set(key(tag), after(delay));
  }

  private long after(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative, was [%s]".formatted(delay));
    }
    long millis = Millis.plus(call.times().processingTimeMillis(), Millis.of(delay));
    if (millis == Millis.LAST) {
      throw new IllegalArgumentException(
          "delay must end before [%s], was [%s]; set no timer if none is needed"
              .formatted(LAST, delay));
    }
    return millis;
  }

  private void set(EntryKey key, Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "time must be from [%s] to [%s], was [%s]; set no timer if none is needed"
              .formatted(FIRST, LAST, time));
    }
    set(key, time.toEpochMilli());
  }

  private void set(EntryKey key, long millis) {
    call.requireOpen();
    if (declared.name().domain() == TimeDomain.EVENT_TIME
        && !call.hasEvents()
        && call.times().watermark().equals(Watermark.END)) {
      // Otherwise a timer that always sets itself again would never let the query stop. One that is
      // set for events, which are rows of operators upstream here, fires in this epoch.
      return;
    }
    PendingSlot slot = call.pending().change(declared.number(), declared.type());
    slot.put(new SlotEntry(key, slot.nextNumber(), NO_VALUE, millis));
  }

  @Override
  public void cancel() {
    cancel(EntryKey.NONE);
  }

  @Override
  public void cancel(String tag) {
    cancel(key(tag));
  }

  private void cancel(EntryKey key) {
    if (present() != null) {
      call.pending().change(declared.number(), declared.type()).remove(key);
    }
  }

  @Override
  public void cancelAll() {
    if (present() != null) {
      call.pending().change(declared.number(), declared.type()).clear();
    }
  }

  @Override
  public Optional<Instant> time() {
    return time(EntryKey.NONE);
  }

  @Override
  public Optional<Instant> time(String tag) {
    return time(key(tag));
  }

  private Optional<Instant> time(EntryKey key) {
    SlotView present = present();
    SlotEntry entry = present == null ? null : present.get(key);
    return entry == null ? Optional.empty() : Optional.of(Instant.ofEpochMilli(entry.dueMillis()));
  }

  @Override
  public List<Timer> pending() {
    SlotView present = present();
    if (present == null) {
      return List.of();
    }
    List<SlotEntry> entries = new ArrayList<>();
    present.entries().forEachRemaining(entries::add);
    entries.sort(Comparator.comparingLong(SlotEntry::dueMillis));
    return entries.stream().map(declared::timer).toList();
  }

  private @Nullable SlotView present() {
    call.requireOpen();
    return call.pending().slot(declared.number());
  }

  /** A byte precedes the tag, so that an empty one differs from no tag. */
  private static EntryKey key(String tag) {
    return EntryKey.of(Utf8.bytes(new byte[] {1}, tag, "tag"));
  }
}
