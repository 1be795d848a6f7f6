package io.vellamo.replay;

import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.VariableNumbers;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.persistence.codec.QueryCodecs;
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
 * @param operator the function, with its codecs and its variables as the journal numbers them
 * @param eventCodec reads the recorded events
 * @param forms shows the recorded groups, and those of the function
 */
record ChangedFunction(
    String query,
    int shards,
    GroupOperator<?, ?, ?, ?> operator,
    ValueCodec eventCodec,
    GroupForms forms) {
  /** The maximum number of entries of each variable in a difference. */
  private static final int ENTRIES = 20;

  /**
   * Returns a replacement in runnable form.
   *
   * @param recorded the operator in the query's journal
   * @param layouts the layouts in the query's journal
   * @param classLoader finds the classes of events
   */
  static <K extends @Nullable Object, V, S, U> ChangedFunction of(
      String query,
      int shards,
      CreatedOperator recorded,
      Replacement<K, V, S, U> replacement,
      boolean hasWatermark,
      RecordLayouts layouts,
      ClassLoader classLoader) {
    VariableNumbers known = VariableNumbers.of(replacement.declared(), recorded.variables());
    VariableNumbers all = VariableNumbers.of(replacement.declared(), known.withAdded());
    Type keyType = replacement.keyType();
    KeyCodec keyCodec =
        keyType == null ? new StandardKeyCodec() : JacksonKeyCodec.of(keyType, layouts);
    DeclaredVariables variables =
        replacement.hasVariables() ? QueryCodecs.variables(replacement.declared(), layouts) : null;
    GroupOperator<K, V, S, U> operator =
        new GroupOperator<>(
            replacement.timeout(),
            hasWatermark,
            replacement.calls(hasWatermark),
            false,
            variables,
            0,
            keyCodec,
            JacksonStateCodec.of(replacement.stateType(), layouts),
            JacksonValueCodec.ofRows(classLoader));
    return new ChangedFunction(
        query,
        shards,
        operator.numbered(all.numbers()),
        JacksonValueCodec.ofEvents(classLoader),
        new GroupForms(new JsonForms(layouts), recorded, ENTRIES));
  }

  /**
   * Returns whether a variable is compared: both sides declare it. Otherwise all groups would
   * differ, which says nothing about the function.
   */
  boolean compares(int variable) {
    DeclaredVariables declared = operator.variables();
    return declared != null
        && declared.has(variable)
        && variable < forms.operator().variables().size()
        && !forms.isDropped(variable);
  }
}
