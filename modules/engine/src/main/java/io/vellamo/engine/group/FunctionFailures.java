package io.vellamo.engine.group;

import io.vellamo.api.SerializationException;

/**
 * The one rule for what users' code throws, wherever it is called: functions, stages, sources,
 * sinks, listeners, migrations and the classes that Jackson reads and writes.
 *
 * <p>An error of the virtual machine ends the query, or the one action at hand; it is never
 * retried, left out or parked, as the next call would meet it too. All else, exceptions and errors,
 * is the answer of the user's code.
 */
public final class FunctionFailures {
  private FunctionFailures() {}

  /**
   * Returns whether a failure is the virtual machine's: one of its errors, out of memory above all,
   * except {@link StackOverflowError}, which user code can cause.
   */
  public static boolean isOfTheMachine(Throwable failure) {
    return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
  }

  /**
   * Rethrows a failure of the virtual machine. For callers within a thread of which another caller
   * ends the query.
   */
  public static void throwIfOfTheMachine(Throwable failure) {
    if (isOfTheMachine(failure)) {
      throw (VirtualMachineError) failure;
    }
  }

  /**
   * Returns whether an error policy may go on after a failure. Not if the virtual machine failed, a
   * class is missing, or states, keys or rows of a class can't be read or written: every event would
   * meet that, and all of them would be left out. A single value that can't be written is the
   * event's. Nor if the thread was interrupted, as the program is about to end then.
   */
  public static boolean mayBeOfTheEvent(Throwable failure) {
    return !((failure instanceof SerializationException e && !e.isOfValue())
        || failure instanceof LinkageError
        || isEnd(failure));
  }

  /** Returns whether a failure ends the epoch under every error policy. */
  public static boolean isEnd(Throwable failure) {
    return failure instanceof InterruptedException || isOfTheMachine(failure);
  }
}
