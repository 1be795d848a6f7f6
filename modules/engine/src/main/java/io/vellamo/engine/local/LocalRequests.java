package io.vellamo.engine.local;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The requests of users to a run that have no answer yet.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class LocalRequests {
  private final Map<Long, Consumer<Object>> pending = new TreeMap<>();
  private long last;

  /** Adds a request; returns the number that identifies it. */
  long add(Consumer<Object> onAnswer) {
    pending.put(++last, onAnswer);
    return last;
  }

  void answer(long id, Object answer) {
    Consumer<Object> onAnswer = pending.remove(id);
    if (onAnswer == null) {
      throw new AssertionError("request [%d] must be answered once".formatted(id));
    }
    onAnswer.accept(answer);
  }
}
