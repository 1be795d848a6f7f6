package io.vellamo.engine.group;

import io.vellamo.api.process.Variable;
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
  DeclaredVariable numbered(int newNumber) {
    return new DeclaredVariable(variable, type, codec, keyCodec, newNumber);
  }
}
