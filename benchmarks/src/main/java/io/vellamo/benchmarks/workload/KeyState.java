package io.vellamo.benchmarks.workload;

import java.nio.ByteBuffer;

/** What a workload keeps of a key. */
public interface KeyState {
  /** The most bytes that {@link #writeTo} puts. */
  int MOST_BYTES = 1024;

  /** Puts the state into a buffer, for engines without a codec of their own. */
  void writeTo(ByteBuffer buffer);
}
