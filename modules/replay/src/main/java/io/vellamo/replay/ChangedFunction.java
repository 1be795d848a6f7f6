package io.vellamo.replay;

import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.codec.RecordLayouts;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A changed function in runnable form.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * @param query the name of the query
 * @param shards the number of its shards
 * @param operator the function, with its codecs
 * @param eventCodec reads the recorded events
 * @param forms shows the recorded keys, states and rows, and those of the function
 */
record ChangedFunction(
    String query,
    int shards,
    GroupOperator<?, ?, ?, ?> operator,
    ValueCodec eventCodec,
    JsonForms forms) {
  /**
   * Returns a replacement in runnable form.
   *
   * @param layouts the layouts in the query's journal
   * @param classLoader finds the classes of events
   */
  static <K extends @Nullable Object, V, S, U> ChangedFunction of(
      String query,
      int shards,
      Replacement<K, V, S, U> replacement,
      boolean hasWatermark,
      RecordLayouts layouts,
      ClassLoader classLoader) {
    Type keyType = replacement.keyType();
    KeyCodec keyCodec =
        keyType == null ? new StandardKeyCodec() : JacksonKeyCodec.of(keyType, layouts);
    GroupOperator<K, V, S, U> operator =
        new GroupOperator<>(
            replacement.timeout(),
            hasWatermark,
            new FunctionOperator<>(replacement.function()),
            keyCodec,
            JacksonStateCodec.of(replacement.stateType(), layouts),
            JacksonValueCodec.ofRows(classLoader));
    return new ChangedFunction(
        query, shards, operator, JacksonValueCodec.ofEvents(classLoader), new JsonForms(layouts));
  }
}
