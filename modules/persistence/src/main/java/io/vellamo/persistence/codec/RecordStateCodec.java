package io.vellamo.persistence.codec;

import io.vellamo.api.group.StateType;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.record.RecordForm;

/**
 * A codec that writes states in record form. What that form can't carry, Jackson writes or refuses;
 * what was written by another layout, by Jackson or by an older version, Jackson reads by name.
 *
 * @param <S> the state
 */
final class RecordStateCodec<S> implements StateCodec<S> {
  private final StateType<S> type;
  private final RecordForm form;
  private final JacksonStateCodec<S> byName;
  private final byte[] front;

  RecordStateCodec(StateType<S> type, RecordForm form, JacksonStateCodec<S> byName) {
    this.type = type;
    this.form = form;
    this.byName = byName;
    this.front = form.front(VersionTag.prepend(type.version(), new byte[0]));
  }

  @Override
  public byte[] write(S state) {
    try {
      return form.write(front, state);
    } catch (RuntimeException e) {
      // Jackson tells the property and the remedy, or can write it.
      return byName.write(state);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the form is that of S
  public S read(byte[] bytes) {
    int version = VersionTag.versionOf(bytes);
    int start = VersionTag.length(version);
    if (version == type.version() && form.isAt(bytes, start)) {
      try {
        return (S) form.read(bytes, start + form.layout().idLength());
      } catch (RuntimeException e) {
        // Jackson tells the property and the remedy.
        return byName.read(bytes);
      }
    }
    return byName.read(bytes);
  }

  @Override
  public boolean keepsLive() {
    return false;
  }

  @Override
  public boolean isImmutable() {
    return byName.isImmutable();
  }

  @Override
  public String shape() {
    return byName.shape();
  }

  @Override
  public RecordLayouts layouts() {
    return byName.layouts();
  }
}
