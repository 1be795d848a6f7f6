package io.vellamo.engine.local;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An effect that a machine has requested and that has not happened yet.
 *
 * <p>It happens in two steps, between which anything else may happen: it is carried out, then its
 * outcome is reported to the machine.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class PendingEffect {
  /** The kinds of effects. */
  public enum Kind {
    /** The journal and the place where a recovery begins are read. */
    RECOVER,
    /** Records are appended to a journal. */
    PERSIST,
    /** The place where a recovery may begin is stored. */
    MARK,
    /** Sources and sinks are opened. */
    OPEN,
    /** A source is asked what it offers. */
    OFFER,
    /** An epoch is read, or the initial states are. */
    READ,
    /** Rows are routed to the operators downstream. */
    ROUTE,
    /** A page of the whole result is taken. */
    PAGE,
    /** An epoch is written to the sinks. */
    WRITE,
    /** A range of shards commits an epoch at the sink. */
    COMMIT,
    /** A source is told of a commit. */
    COMMITTED,
    /** Groups are called. */
    CALL,
    /** A request or a reply is delivered. */
    MESSAGE,
    /** A moment that was asked for has come. */
    TURN
  }

  private final Kind kind;
  private final String what;
  private final Callable<Runnable> action;
  private final Consumer<Throwable> onFailure;
  private final @Nullable String channel;
  private @Nullable Runnable outcome;
  private @Nullable Throwable failure;

  private PendingEffect(
      Kind kind,
      String what,
      Callable<Runnable> action,
      Consumer<Throwable> onFailure,
      @Nullable String channel) {
    this.channel = channel;
    this.kind = kind;
    this.what = what;
    this.action = action;
    this.onFailure = onFailure;
  }

  /**
   * Returns an effect.
   *
   * @param kind its kind
   * @param what a description, such as {@code reads epoch 3}
   * @param action carries it out
   * @param onDone reports the result
   * @param onFailure reports an exception
   * @param <T> the result
   */
  public static <T> PendingEffect of(
      Kind kind,
      String what,
      Callable<T> action,
      Consumer<? super T> onDone,
      Consumer<Throwable> onFailure) {
    return new PendingEffect(
        kind,
        what,
        () -> {
          T result = action.call();
          return () -> onDone.accept(result);
        },
        onFailure,
        null);
  }

  /** Returns an effect that is nothing but its report, such as the delivery of a message. */
  public static PendingEffect report(Kind kind, String what, Runnable report) {
    return new PendingEffect(kind, what, () -> report, failure -> {}, null);
  }

  /**
   * Returns the delivery of a message.
   *
   * @param channel the sender and the receiver: messages of the same channel keep their order
   */
  public static PendingEffect message(String channel, String what, Runnable delivery) {
    return new PendingEffect(Kind.MESSAGE, what, () -> delivery, failure -> {}, channel);
  }

  /** Returns the channel, within which effects keep their order; null if there is none. */
  public @Nullable String channel() {
    return channel;
  }

  /** Returns its kind. */
  public Kind kind() {
    return kind;
  }

  /** Returns whether it has been carried out, and only its outcome has not been reported. */
  public boolean isCarriedOut() {
    return outcome != null;
  }

  /**
   * Carries it out, without a report. Has no effect if it has been carried out.
   *
   * <p><b>Failure</b> Exceptions are reported; so are errors of user code, but not those of a
   * journal, such as a check of a test that fails.
   */
  public void carryOut() {
    if (outcome == null) {
      try {
        outcome = action.call();
      } catch (Exception e) {
        failure = e;
        outcome = () -> onFailure.accept(e);
      } catch (Error e) {
        if (!callsUser()) {
          throw e;
        }
        failure = e;
        outcome = () -> onFailure.accept(e);
      }
    }
  }

  /** Returns why it could not be carried out; null if it could, or has not been. */
  public @Nullable Throwable failure() {
    return failure;
  }

  private boolean callsUser() {
    return switch (kind) {
      case OPEN, OFFER, READ, ROUTE, PAGE, WRITE, COMMIT, COMMITTED, CALL -> true;
      case RECOVER, PERSIST, MARK, MESSAGE, TURN -> false;
    };
  }

  /** Reports the outcome, after having carried it out if that has not happened yet. */
  public void complete() {
    carryOut();
    if (outcome != null) {
      outcome.run();
    }
  }

  /** Reports a failure, whether or not it has been carried out. */
  public void fail(Throwable failure) {
    onFailure.accept(failure);
  }

  @Override
  public String toString() {
    return what;
  }
}
