package io.vellamo.engine.group;

import io.vellamo.api.SerializationException;

/**
 * The classification of everything that user code throws: functions, stages, sources, sinks,
 * listeners, migrations and the classes that Jackson reads and writes.
 *
 * <p>An error of the virtual machine ends the query or the current action. It is never retried,
 * left out or parked, since the next call would meet it too. All other exceptions and errors are
 * failures of user code.
 */
public final class FunctionFailures {
  private FunctionFailures() {}

  /**
   * Returns whether a failure is an error of the virtual machine, such as {@link OutOfMemoryError},
   * but not {@link StackOverflowError}, which user code can cause.
   */
  public static boolean isOfTheMachine(Throwable failure) {
    return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
  }

  /** Rethrows an error of the virtual machine. Used where a caller further up ends the query. */
  public static void throwIfOfTheMachine(Throwable failure) {
    if (isOfTheMachine(failure)) {
      throw (VirtualMachineError) failure;
    }
  }

  /**
   * Returns whether a single event may have caused a failure, so that an error policy may continue.
   * False if the virtual machine failed, a class is missing, or states, keys or rows of a class
   * can't be read or written: every event would fail likewise, and all would be left out. True if a
   * single value can't be written. False if the thread was interrupted, since the program is about
   * to end.
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
