package io.vellamo.engine.group;

import io.vellamo.api.SerializationException;
import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.Variable;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import org.jspecify.annotations.Nullable;

/**
 * A declared variable of an operator.
 *
 * @param variable the user's constant
 * @param type its type in the journal
 * @param codec the codec of its values
 * @param keyCodec the codec of its keys; null unless it is a map
 * @param number its number in the journal
 */
public record DeclaredVariable(
    Variable variable,
    SlotType type,
    StateCodec<?> codec,
    @Nullable KeyCodec keyCodec,
    int number) {
  /** Returns the class of a map's keys in brackets; empty for other variables. */
  String keyShape() {
    return variable instanceof MapVariable<?, ?> map ? "[" + map.keyClass().getName() + "]" : "";
  }

  /**
   * Reads the key and the value of an entry.
   *
   * @throws SerializationException if they are not those of this variable
   */
  public void requireReadable(SlotEntry entry) {
    if (variable instanceof MapVariable<?, ?> map && keyCodec != null) {
      requireKey(map.keyClass(), keyCodec, GroupKey.of(entry.key().bytes()));
    }
    codec.read(entry.value());
  }

  private void requireKey(Class<?> keyClass, KeyCodec keys, GroupKey stored) {
    Object key;
    try {
      key = keys.read(stored);
    } catch (SerializationException e) {
      throw foreignKey(keyClass, "another class", e);
    }
    if (!keyClass.isInstance(key)) {
      throw foreignKey(keyClass, key == null ? "null" : key.getClass().getName(), null);
    }
  }

  private SerializationException foreignKey(
      Class<?> keyClass, String found, @Nullable Throwable cause) {
    return new SerializationException(
        keyClass.getName(),
        "keys of map [%s] must have class [%s], stored ones have [%s]; declare the class of the stored keys, or a map of another name"
            .formatted(variable.name(), keyClass.getName(), found),
        cause);
  }

  DeclaredVariable numbered(int newNumber) {
    return new DeclaredVariable(variable, type, codec, keyCodec, newNumber);
  }
}
