package io.vellamo.replay;

import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.FunctionFailures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.EpochSteps;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import io.vellamo.persistence.codec.StandardKeyCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A changed function, called in the order of a shard: groups with events first, then timeouts.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class ChangedFunction {
  /**
   * The effects of an epoch.
   *
   * @param change the changes, which are already applied
   * @param failed the groups that threw in it
   */
  record Ran(ShardChange change, Set<GroupKey> failed) {}

  private final GroupStep<?, ?, ?, ?> step;
  private final KeyCodec keyCodec;
  private final ValueCodec eventCodec;

  private ChangedFunction(GroupStep<?, ?, ?, ?> step, KeyCodec keyCodec, ValueCodec eventCodec) {
    this.step = step;
    this.keyCodec = keyCodec;
    this.eventCodec = eventCodec;
  }

  /** Returns a replacement in runnable form; a class loader finds the classes of events. */
  static <K extends @Nullable Object, V, S, U> ChangedFunction of(
      Replacement<K, V, S, U> replacement, boolean hasWatermark, ClassLoader classLoader) {
    Class<?> keyClass = replacement.keyClass();
    KeyCodec keyCodec = keyClass == null ? new StandardKeyCodec() : JacksonKeyCodec.of(keyClass);
    GroupOperator<K, V, S, U> operator =
        new GroupOperator<>(
            replacement.timeout(),
            hasWatermark,
            replacement.function(),
            keyCodec,
            JacksonStateCodec.of(replacement.stateClass()),
            JacksonValueCodec.ofRows(classLoader));
    return new ChangedFunction(
        new GroupStep<>(operator), keyCodec, JacksonValueCodec.ofEvents(classLoader));
  }

  /**
   * Runs an epoch of a shard and applies its changes.
   *
   * @param failures the groups that threw in earlier epochs, which are not called again; groups
   *     that throw in this epoch are added
   */
  Ran run(
      EpochTimes times,
      List<GroupInputs> inputs,
      ShardLedger ledger,
      Map<GroupKey, String> failures) {
    EpochSteps steps = new EpochSteps(times, batches(inputs));
    Set<GroupKey> failed = new LinkedHashSet<>();
    List<EpochCall> calls = new ArrayList<>(steps.eventCalls(ledger));
    calls.addAll(steps.timeoutCalls(ledger));
    for (EpochCall call : calls) {
      if (!failures.containsKey(call.key())) {
        String failure = run(call, times, steps);
        if (failure != null) {
          failures.put(call.key(), failure);
          failed.add(call.key());
        }
      }
    }
    ShardChange change = steps.change(1);
    ledger.apply(change);
    return new Ran(change, failed);
  }

  private @Nullable String run(EpochCall call, EpochTimes times, EpochSteps steps) {
    try {
      GroupBatch<Object> batch = call.batch();
      steps.take(
          batch == null
              ? step.onTimeout(call.key(), call.entry(), null, times)
              : step.onEvents(batch, call.entry(), null, times));
      return null;
    } catch (Exception | Error e) {
      FunctionFailures.throwIfOfTheMachine(e);
      return Failures.of(true).describe(e);
    }
  }

  private List<GroupBatch<Object>> batches(List<GroupInputs> inputs) {
    Map<GroupKey, GroupBatch<Object>> batches = new LinkedHashMap<>();
    for (GroupInputs group : inputs) {
      GroupBatch<Object> batch =
          batches.computeIfAbsent(group.key(), key -> new GroupBatch<>(key, keyCodec.read(key)));
      for (StoredValue event : group.events()) {
        batch.add(eventCodec.read(event), 0, 0);
      }
    }
    return new ArrayList<>(batches.values());
  }

  /** Returns the rows of a change by group, in order. */
  static Map<GroupKey, List<StoredValue>> rows(List<GroupChange> changes) {
    Map<GroupKey, List<StoredValue>> rows = new LinkedHashMap<>();
    for (GroupChange change : changes) {
      rows.computeIfAbsent(change.key(), key -> new ArrayList<>()).addAll(change.rows());
    }
    return rows;
  }
}
