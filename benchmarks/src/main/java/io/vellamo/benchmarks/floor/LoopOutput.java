package io.vellamo.benchmarks.floor;

import io.vellamo.benchmarks.workload.KeyState;
import io.vellamo.benchmarks.workload.Row;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a loop's rows and changes go. */
interface LoopOutput {
  /** Takes a row. */
  void row(Row row) throws IOException;

  /** Takes what a key's state is now; null if there is none any more. */
  void state(long key, @Nullable KeyState state) throws IOException;
}
