package io.vellamo.persistence.codec;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.persistence.codec.record.RecordForm;
import org.jspecify.annotations.Nullable;

/**
 * A codec that writes keys in record form, with components in the order of their names and equal
 * numbers alike. What that form can't carry, Jackson writes or refuses; whether it can depends on
 * the contents of a key only, so that equal keys have one form.
 */
final class RecordKeyCodec implements KeyCodec {
  private final RecordForm form;
  private final JacksonKeyCodec byName;
  private final byte[] front;

  RecordKeyCodec(RecordForm form, JacksonKeyCodec byName) {
    this.form = form;
    this.byName = byName;
    this.front = form.front(new byte[0]);
  }

  @Override
  public GroupKey write(@Nullable Object key) {
    if (key == null) {
      return byName.write(null);
    }
    try {
      return GroupKey.of(form.write(front, key));
    } catch (RuntimeException e) {
      // Jackson tells the property and the remedy, or can write it.
      return byName.write(key);
    }
  }

  @Override
  public @Nullable Object read(GroupKey key) {
    if (form.isAt(key.bytes(), 0)) {
      try {
        return form.read(key.bytes(), form.layout().idLength());
      } catch (RuntimeException e) {
        // Jackson tells the property and the remedy.
        return byName.read(key);
      }
    }
    return byName.read(key);
  }
}
