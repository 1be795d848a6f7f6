package io.vellamo.engine.group;

import io.vellamo.api.process.ValueState;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The value of a variable during a call. */
record TypedValue<S>(TypedSlot slot, StateCodec<S> codec) implements ValueState<S> {
  @Override
  public boolean exists() {
    return slot.get(EntryKey.NONE) != null;
  }

  @Override
  public S get() {
    return optional()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "The variable has no value; ask exists() first, or use optional()"));
  }

  @Override
  public Optional<S> optional() {
    SlotEntry entry = slot.get(EntryKey.NONE);
    return entry == null ? Optional.empty() : Optional.of(codec.read(entry.value()));
  }

  @Override
  public void update(S value) {
    if (value == null) {
      throw new IllegalArgumentException("value must not be null; use remove() to drop the value");
    }
    slot.put(EntryKey.NONE, codec.write(value));
  }

  @Override
  public void remove() {
    slot.remove(EntryKey.NONE);
  }
}
