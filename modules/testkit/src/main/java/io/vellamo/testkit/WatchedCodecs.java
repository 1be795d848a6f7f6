package io.vellamo.testkit;

import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operator whose codecs remember what the function reads, to find changes that are lost. */
final class WatchedCodecs {
  private final GroupOperator<Object, Object, Object, Object> operator;
  private final WatchedStateCodec<Object> state;
  private final List<DeclaredVariable> variables = new ArrayList<>();
  private final List<WatchedStateCodec<?>> ofVariables = new ArrayList<>();

  /**
   * Creates the operator.
   *
   * @param keepsObjects whether the engine keeps the objects of states
   */
  WatchedCodecs(GroupOperator<Object, Object, Object, Object> users, boolean keepsObjects) {
    this.state = new WatchedStateCodec<>(users.stateCodec(), keepsObjects);
    DeclaredVariables declared = users.variables();
    if (declared != null) {
      declared.variables().forEach(this::add);
    }
    this.operator =
        new GroupOperator<>(
            users.timeout(),
            users.hasWatermark(),
            users.calls(),
            users.needsAllEvents(),
            declared == null
                ? null
                : new DeclaredVariables(variables, declared.timers(), declared.behind()),
            users.heldBackMillis(),
            users.keyCodec(),
            state,
            users.rowCodec());
  }

  private void add(DeclaredVariable variable) {
    WatchedStateCodec<?> watched = new WatchedStateCodec<>(variable.codec(), false);
    ofVariables.add(watched);
    variables.add(
        new DeclaredVariable(
            variable.variable(), variable.type(), watched, variable.keyCodec(), variable.number()));
  }

  GroupOperator<Object, Object, Object, Object> operator() {
    return operator;
  }

  /** Forgets what was read, at the beginning of a call. */
  void begin() {
    state.begin();
    ofVariables.forEach(WatchedStateCodec::begin);
  }

  /**
   * Returns the name of the state or variable of which an object was changed in place and nothing
   * was written; null if there is none.
   */
  @Nullable String changedInPlace(GroupChange change) {
    Effect effect = change.effect();
    if (effect == Effect.STATE || effect == Effect.REMOVED) {
      return null;
    }
    if (effect != Effect.TIMEOUT_WITHOUT_STATE && state.hasChanged()) {
      return "state";
    }
    for (int i = 0; i < variables.size(); i++) {
      DeclaredVariable variable = variables.get(i);
      boolean isWritten =
          change.variables().stream().anyMatch(each -> each.variable() == variable.number());
      if (!isWritten && ofVariables.get(i).hasChanged()) {
        return "variable [%s]".formatted(variable.variable().name());
      }
    }
    return null;
  }
}
