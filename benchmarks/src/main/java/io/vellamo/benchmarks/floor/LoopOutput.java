package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.KeyState;
import io.vellamo.benchmarks.workload.Row;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The output of a loop: rows and changes of states. */
interface LoopOutput {
  /** Takes a row. */
  void row(Row row) throws IOException;

  /** Takes a key's new state; null if the state was removed. */
  void state(long key, @Nullable KeyState state) throws IOException;
}
