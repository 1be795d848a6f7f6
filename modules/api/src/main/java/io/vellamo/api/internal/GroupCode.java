package io.vellamo.api.internal;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.InitialRowFunction;
import java.util.Optional;

/**
 * User code that is called for groups.
 *
 * @since 0.1
 */
public sealed interface GroupCode permits GroupCode.Function, GroupCode.Processor, AggregationCode {
  /**
   * A function of events and a single state.
   *
   * @param function the user's function
   */
  record Function(FlatMapGroupsWithStateFunction<?, ?, ?, ?> function) implements GroupCode {
    public Function {
      requireNonNull(function, "function");
    }
  }

  /**
   * A processor with its own variables and timers.
   *
   * @param processor the user's processor
   * @param initial takes initial rows; empty if there are none
   */
  record Processor(GroupProcessor<?, ?, ?> processor, Optional<InitialRowFunction<?, ?, ?>> initial)
      implements GroupCode {
    public Processor {
      requireNonNull(processor, "processor");
      requireNonNull(initial, "initial");
    }
  }
}
