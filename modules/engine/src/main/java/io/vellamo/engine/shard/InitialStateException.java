package io.vellamo.engine.shard;

/** Initial states that no query can begin with; the message names the key and no state. */
public final class InitialStateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InitialStateException(String message) {
    super(message);
  }
}
