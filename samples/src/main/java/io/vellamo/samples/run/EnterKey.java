package io.vellamo.samples.run;

import java.io.IOException;
import java.io.InputStream;

/**
 * The Enter key of the user, who may press it once.
 *
 * <p><b>Threading</b> Safe to share; another thread reads.
 */
final class EnterKey {
  private volatile boolean pressed;
  private volatile boolean awaited = true;

  private EnterKey() {}

  /** Reads until the key is pressed or the input ends. */
  static EnterKey listen(InputStream input) {
    EnterKey key = new EnterKey();
    Thread reader = new Thread(() -> key.read(input), "enter-key");
    reader.setDaemon(true);
    reader.start();
    return key;
  }

  private void read(InputStream input) {
    try {
      int next = input.read();
      while (next >= 0 && next != '\n') {
        next = input.read();
      }
      pressed = next == '\n';
    } catch (IOException e) {
      // As if it had ended.
      pressed = false;
    }
    awaited = false;
  }

  /** Returns whether the key was pressed. */
  boolean isPressed() {
    return pressed;
  }

  /** Returns whether the key can still be pressed: the input has not ended. */
  boolean isAwaited() {
    return awaited;
  }
}
