package io.vellamo.engine.protocol.query;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that a query's machine keeps until it can take them, in the order of their arrival.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class WaitingInputs {
  private final Deque<QueryInput> inputs = new ArrayDeque<>();

  void add(QueryInput input) {
    inputs.add(input);
  }

  int size() {
    return inputs.size();
  }

  void clear() {
    inputs.clear();
  }

  /** Removes and returns the first input that need not wait any more; null if there is none. */
  @Nullable QueryInput removeNext(QueryMachine query) {
    for (Iterator<QueryInput> each = inputs.iterator(); each.hasNext(); ) {
      QueryInput next = each.next();
      if (!PossibleInputs.mustWait(next, query)) {
        each.remove();
        return next;
      }
    }
    return null;
  }
}
