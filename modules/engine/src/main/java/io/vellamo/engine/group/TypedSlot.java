package io.vellamo.engine.group;

import io.vellamo.api.process.Expiry;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.PendingSlot;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotView;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a variable during a call, without those that have expired.
 *
 * @param call the call
 * @param number the number of the variable
 * @param type its type
 * @param expiry its time to live; null if entries never expire
 */
record TypedSlot(TypedVariables call, int number, SlotType type, @Nullable Expiry expiry) {
  private @Nullable SlotView present() {
    call.requireOpen();
    return call.pending().slot(number);
  }

  PendingSlot change() {
    call.requireOpen();
    return call.pending().change(number, type);
  }

  /** Returns the entry of a key; null if there is none or it has expired. */
  @Nullable SlotEntry get(EntryKey key) {
    SlotView present = present();
    SlotEntry entry = present == null ? null : present.get(key);
    return entry == null || isVisible(entry) ? entry : null;
  }

  /** Puts an entry; one whose key has expired counts as new. */
  void put(EntryKey key, byte[] value) {
    PendingSlot slot = change();
    SlotEntry before = slot.get(key);
    if (before != null && !isVisible(before)) {
      slot.remove(key);
    }
    slot.put(new SlotEntry(key, slot.nextNumber(), value, call.dueMillis(expiry)));
  }

  void append(byte[] value) {
    PendingSlot slot = change();
    slot.put(new SlotEntry(EntryKey.NONE, slot.nextNumber(), value, call.dueMillis(expiry)));
  }

  void remove(EntryKey key) {
    if (present() != null) {
      change().remove(key);
    }
  }

  void clear() {
    if (present() != null) {
      change().clear();
    }
  }

  int size() {
    SlotView present = present();
    if (present == null) {
      return 0;
    }
    if (!call.mayExpire(type, present)) {
      return present.size();
    }
    int size = 0;
    for (Iterator<SlotEntry> entries = entries(entry -> entry); entries.hasNext(); entries.next()) {
      size++;
    }
    return size;
  }

  <T> Iterator<T> entries(Function<SlotEntry, T> result) {
    SlotView present = present();
    return present == null
        ? Collections.emptyIterator()
        : new Visible<>(this, present.entries(), result);
  }

  private boolean isVisible(SlotEntry entry) {
    return call.isVisible(type, entry);
  }

  /** The entries that have not expired, each in the form that is asked for. */
  private static final class Visible<T> implements Iterator<T> {
    private final TypedSlot slot;
    private final Iterator<SlotEntry> all;
    private final Function<SlotEntry, T> result;
    private @Nullable SlotEntry next;

    Visible(TypedSlot slot, Iterator<SlotEntry> all, Function<SlotEntry, T> result) {
      this.slot = slot;
      this.all = all;
      this.result = result;
      advance();
    }

    private void advance() {
      next = null;
      while (next == null && all.hasNext()) {
        SlotEntry entry = all.next();
        next = slot.isVisible(entry) ? entry : null;
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public T next() {
      slot.call.requireOpen();
      SlotEntry current = next;
      if (current == null) {
        throw new NoSuchElementException("the variable has no more entries");
      }
      advance();
      return result.apply(current);
    }
  }
}
