package io.vellamo.benchmarks.workload;

import java.nio.ByteBuffer;

/** The state that a workload keeps for a key. */
public interface KeyState {
  /** The largest number of bytes that {@link #writeTo} writes. */
  int MOST_BYTES = 1024;

  /** Writes the state to a buffer, for engines without their own codec. */
  void writeTo(ByteBuffer buffer);
}
