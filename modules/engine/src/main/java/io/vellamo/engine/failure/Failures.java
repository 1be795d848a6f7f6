package io.vellamo.engine.failure;

import io.vellamo.api.VellamoException;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.source.SourceException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of failures: the message of Vellamo's own exceptions; class, text and first frame of
 * user code of all others.
 *
 * <p>Wrappers of the platform and of Pekko are replaced by their causes. The text of a foreign
 * exception may quote an event, so it is truncated, and omitted if {@code
 * vellamo.errors.show-messages} is off. Line ends and control characters are replaced: a
 * description takes one line.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class Failures {
  private static final String AT = " at ";
  private static final Failures SHOWING = new Failures(true);
  private static final Failures HIDING = new Failures(false);

  private final boolean showsMessages;

  private Failures(boolean showsMessages) {
    this.showsMessages = showsMessages;
  }

  /** Returns an instance that shows or hides the text of foreign exceptions. */
  public static Failures of(boolean showsMessages) {
    return showsMessages ? SHOWING : HIDING;
  }

  /** Returns the description of a failure. */
  public String describe(Throwable failure) {
    Throwable reason = unwrap(failure);
    if (reason instanceof DescribedFailure described) {
      return described.describe(this);
    }
    if (!isOwn(reason)) {
      return "[" + reason.getClass().getName() + "]" + details(reason);
    }
    String message = FailureText.of(reason, FailureText.LONGEST);
    String own = message == null ? "[" + reason.getClass().getName() + "]" : message;
    return reason instanceof SourceException || reason instanceof SinkException
        ? own + cause(reason, own)
        : own;
  }

  /**
   * Returns the details of a failure besides its class: its text, the first frame of user code, and
   * its innermost cause. Begins with a separator; empty if there are none.
   */
  public String details(Throwable failure) {
    Throwable thrown = unwrap(failure);
    String name = thrown == failure ? "" : ": [" + thrown.getClass().getName() + "]";
    if (isOwn(thrown)) {
      return name + ": " + describe(thrown);
    }
    String text = shown(thrown);
    String at = UserFrames.first(thrown);
    String known = name + (text == null ? "" : ": " + text) + (at == null ? "" : ", at " + at);
    return known + cause(thrown, known);
  }

  /** Returns the class of a failure and the first frame of user code. */
  public static String thrown(Throwable failure) {
    String at = isOwn(failure) ? null : UserFrames.first(failure);
    return failure.getClass().getName() + (at == null ? "" : AT + at);
  }

  /** Returns the class name in a result of {@link #thrown}. */
  public static String classOf(String thrown) {
    int end = thrown.indexOf(AT);
    return end < 0 ? thrown : thrown.substring(0, end);
  }

  /** Returns a result of {@link #thrown} with the class in brackets. */
  public static String bracketed(String thrown) {
    String className = classOf(thrown);
    return "[" + className + "]" + thrown.substring(className.length());
  }

  /** Returns the text of a failure as a dead letter stores it; null if it has none. */
  public static @Nullable String message(Throwable failure) {
    return FailureText.of(failure, FailureText.LONGEST);
  }

  /** Returns a message as one line of printable characters, without a limit on its length. */
  public static String line(String message) {
    return FailureText.clean(message, Integer.MAX_VALUE);
  }

  /** Returns the text of a user's value, such as a key, for a message. */
  public static String text(@Nullable Object value) {
    return FailureText.ofValue(value);
  }

  /** Returns a failure without the wrappers that futures, reflection and Pekko put around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable reason = failure;
    for (int depth = 0; depth < FailureText.DEEPEST; depth++) {
      Throwable cause = reason.getCause();
      if (cause == null || !isWrapper(reason)) {
        return reason;
      }
      reason = cause;
    }
    return reason;
  }

  /**
   * Returns the description of the innermost cause, without the parts that {@code told} already
   * contains.
   */
  private String cause(Throwable failure, String told) {
    Throwable innermost = failure;
    for (int depth = 0; depth < FailureText.DEEPEST && innermost.getCause() != null; depth++) {
      innermost = innermost.getCause();
    }
    String text = shown(innermost);
    if (innermost == failure || (text != null && told.contains(text))) {
      return "";
    }
    String name = "[" + innermost.getClass().getName() + "]";
    String at = UserFrames.first(innermost);
    boolean tellsPlace = at != null && !told.contains(at);
    String rest = (text == null ? "" : ": " + text) + (tellsPlace ? ", at " + at : "");
    boolean isNamed = told.contains(name);
    return isNamed ? rest : "; caused by " + name + rest;
  }

  private @Nullable String shown(Throwable failure) {
    return showsMessages || isOwn(failure) || isOfThePlatform(failure)
        ? FailureText.of(failure, FailureText.LONGEST_OF_USER)
        : null;
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ExecutionException
        || failure instanceof InvocationTargetException
        || failure.getClass().getName().startsWith("org.apache.pekko.");
  }

  private static boolean isOwn(Throwable failure) {
    return failure instanceof VellamoException
        || UserFrames.isVellamo(failure.getClass().getName());
  }

  /**
   * Matches failures of files, sockets and the virtual machine, whose messages contain no payload.
   */
  private static boolean isOfThePlatform(Throwable failure) {
    String name = failure.getClass().getName();
    return failure instanceof VirtualMachineError
        || name.startsWith("org.apache.pekko.")
        || (failure instanceof IOException && name.startsWith("java."));
  }
}
