package io.vellamo.engine.shard;

/** Invalid initial states. The message contains the key but no state. */
public final class InitialStateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InitialStateException(String message) {
    super(message);
  }
}
