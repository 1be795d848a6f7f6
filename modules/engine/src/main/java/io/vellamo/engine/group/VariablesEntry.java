package io.vellamo.engine.group;

import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.PendingVariables;
import io.vellamo.engine.variable.VariablesView;
import org.jspecify.annotations.Nullable;

/** The entry of a group with variables. */
final class VariablesEntry extends GroupEntry {
  private final VariablesView variables;
  private @Nullable Object hostHandle;

  VariablesEntry(VariablesView variables) {
    this.variables = variables;
  }

  @Override
  public @Nullable Object hostHandle() {
    return hostHandle;
  }

  @Override
  public void hostHandle(@Nullable Object handle) {
    hostHandle = handle;
  }

  @Override
  GroupEntry beforeCalls() {
    return variables instanceof PendingVariables pending
        ? new VariablesEntry(new PendingVariables(pending))
        : this;
  }

  @Override
  public VariablesView variables() {
    return variables;
  }

  @Override
  public @Nullable GroupVariables keptVariables() {
    return variables instanceof GroupVariables kept ? kept : null;
  }

  @Override
  long contentSize() {
    return variables instanceof GroupVariables kept ? kept.bytes() : 0;
  }

  @Override
  Object content() {
    return variables;
  }

  @Override
  public boolean isEmpty() {
    return variables.isEmpty();
  }
}
