package io.vellamo.testkit.simulation;

import java.io.IOException;

/** A failure of a journal, a source or a sink that the simulation has caused. */
final class SimulatedFailure extends IOException {
  private static final long serialVersionUID = 1L;

  SimulatedFailure(String message) {
    super(message);
  }
}
