package io.vellamo.actors.calls;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A thread's record of the user code that it is calling.
 *
 * <p>The record costs two stores a call. The clock is not read: a call counts from the moment at
 * which an observer first sees it, so its elapsed time is short by at most the interval between two
 * looks.
 *
 * <p><b>Order</b> {@link #enter}, any number of {@link #begin} and {@link #end}, {@link #exit}.
 *
 * <p><b>Threading</b> These four, {@code describe}, {@code beganAt} and {@code clearInterrupt} are
 * called by the slot's thread only; the other methods are for observers, on any thread.
 */
public final class CallSlot {
  /**
   * A call that an observer saw.
   *
   * @param call identifies the call
   * @param description the call in words
   * @param elapsed how long it has been under way
   * @param thread the thread it runs on
   */
  record Seen(Object call, String description, Duration elapsed, Thread thread) {}

  private static final VarHandle CURRENT = handle("current", Object.class);
  private static final VarHandle ENTERED = handle("entered", boolean.class);

  private final UserCalls calls;
  private final Thread thread = Thread.currentThread();

  // Written by the thread, read by observers.
  private volatile @Nullable Object current;
  private volatile boolean entered;
  private volatile Function<Object, String> describer = Object::toString;

  // Guarded by this: the call that observers saw last.
  private @Nullable Object seen;
  private long seenSinceNanos;
  private @Nullable Object warnedOf;

  CallSlot(UserCalls calls) {
    this.calls = calls;
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(CallSlot.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Announces calls of function code. Returns false, and announces nothing, if the query is
   * stopping: no function may be called then.
   *
   * @param describe describes a call
   */
  public boolean enter(Function<Object, String> describe) {
    describer = describe;
    // A full fence, as this thread next reads whether the query is stopping: either it sees the
    // stop, or the thread that stops the query sees the slot entered.
    ENTERED.setVolatile(this, true);
    if (calls.isStopped()) {
      exit();
      return false;
    }
    return true;
  }

  /** Notes that a call begins. */
  public void begin(Object call) {
    CURRENT.setRelease(this, call);
  }

  /** Notes that the call has ended. */
  public void end() {
    CURRENT.setRelease(this, (Object) null);
    if (calls.isStopped()) {
      clearInterrupt();
    }
  }

  /** Notes that no call follows. */
  public void exit() {
    ENTERED.setRelease(this, false);
  }

  /** Drops an interrupt that was meant for the call that has just ended. */
  synchronized void clearInterrupt() {
    // Locked: an observer interrupts only while it holds the lock and sees the call.
    if (Thread.interrupted()) {
      seen = null;
    }
  }

  /** Notes the exact moment at which the current call began. */
  synchronized void beganAt(long nanos) {
    seen = current;
    seenSinceNanos = nanos;
  }

  /** Sets the description of calls that come without {@link #enter}. */
  void describe(Function<Object, String> describe) {
    describer = describe;
  }

  boolean isCalling() {
    return current != null;
  }

  boolean isEntered() {
    return entered;
  }

  boolean isOfLivingThread() {
    return thread.isAlive();
  }

  /** Returns the call under way, or null if there is none. */
  synchronized @Nullable Seen look(long nowNanos) {
    Object call = current;
    Function<Object, String> describe = describer;
    if (call == null) {
      seen = null;
      return null;
    }
    if (call != seen) {
      seen = call;
      seenSinceNanos = nowNanos;
    }
    return new Seen(
        call, describe.apply(call), Duration.ofNanos(nowNanos - seenSinceNanos), thread);
  }

  /** Returns true the first time it is given a call, so that each call is warned of once. */
  synchronized boolean warnsFirst(Seen call) {
    boolean isFirst = warnedOf != call.call;
    warnedOf = call.call;
    return isFirst;
  }

  /** Interrupts a call that was seen, unless it has ended. */
  synchronized boolean interrupt(Seen call) {
    if (current != call.call) {
      return false;
    }
    thread.interrupt();
    return true;
  }
}
