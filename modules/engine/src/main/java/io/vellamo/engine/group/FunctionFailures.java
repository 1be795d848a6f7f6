package io.vellamo.engine.group;

import io.vellamo.api.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of the failures of users' functions: which are theirs, and which of those may
 * be an event's.
 */
public final class FunctionFailures {
  private static final int LONGEST_MESSAGE = 1000;

  private FunctionFailures() {}

  /**
   * Throws what is no failure of a function at all: the virtual machine's own errors, but for a
   * stack that a function has filled. To be called first wherever a user's code is called: all else
   * that it throws, exceptions and errors, has to be answered for.
   */
  public static void throwIfOfTheMachine(Throwable failure) {
    if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
      throw error;
    }
  }

  /**
   * Returns whether an error policy may go on after a failure. Not if a class is missing, or
   * states, keys or rows of a class can't be read or written: every event would meet that, and all
   * of them would be left out. A single value that can't be written is the event's. Nor if the
   * thread was interrupted, as the program is about to end then.
   */
  public static boolean mayBeOfTheEvent(Throwable failure) {
    return !((failure instanceof SerializationException e && !e.isOfValue())
        || failure instanceof LinkageError
        || failure instanceof InterruptedException);
  }

  /** Returns the message of a failure, cut to what is kept of it; null if it has none. */
  public static @Nullable String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE);
  }
}
