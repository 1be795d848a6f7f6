package io.vellamo.engine.group;

import io.vellamo.api.process.MapState;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.SlotEntry;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The map of a variable during a call. */
record TypedMap<A, B>(TypedSlot slot, KeyCodec keyCodec, StateCodec<B> codec)
    implements MapState<A, B> {
  @Override
  public Optional<B> get(A key) {
    SlotEntry entry = slot.get(written(key));
    return entry == null ? Optional.empty() : Optional.of(codec.read(entry.value()));
  }

  @Override
  public boolean containsKey(A key) {
    return slot.get(written(key)) != null;
  }

  @Override
  public void put(A key, B value) {
    EntryKey written = written(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "value must not be null; use remove(key) to drop an entry");
    }
    slot.put(written, codec.write(value));
  }

  @Override
  public void remove(A key) {
    slot.remove(written(key));
  }

  private EntryKey written(@Nullable A key) {
    if (key == null) {
      throw new IllegalArgumentException("key must not be null; use an empty value of its type");
    }
    return EntryKey.of(keyCodec.write(key).bytes());
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // null is refused when it is written
  private A key(SlotEntry entry) {
    return (A) keyCodec.read(GroupKey.of(entry.key().bytes()));
  }

  private B value(SlotEntry entry) {
    return codec.read(entry.value());
  }

  @Override
  public Iterable<Map.Entry<A, B>> entries() {
    return () -> slot.entries(entry -> Map.entry(key(entry), value(entry)));
  }

  @Override
  public Iterable<A> keys() {
    return () -> slot.entries(this::key);
  }

  @Override
  public Iterable<B> values() {
    return () -> slot.entries(this::value);
  }

  @Override
  public int size() {
    return slot.size();
  }

  @Override
  public void clear() {
    slot.clear();
  }
}
