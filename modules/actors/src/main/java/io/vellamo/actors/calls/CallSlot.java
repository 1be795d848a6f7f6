package io.vellamo.actors.calls;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thread's place to say which user code it is calling.
 *
 * <p>Saying so costs two stores a call. The clock is not read: the beginning of a call is the
 * moment at which an observer first saw it, which is at most one look late.
 *
 * <p><b>Order</b> {@link #enter}, any number of {@link #begin} and {@link #end}, {@link #exit}.
 *
 * <p><b>Threading</b> These four are called by the slot's thread only; everything else is for
 * observers, from any thread.
 */
public final class CallSlot {
  /**
   * A call that was seen.
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
   * Announces calls of function code; returns false, and announces nothing, if the query is
   * stopping: then nothing may be called any more.
   *
   * @param describe gives a call in words
   */
  public boolean enter(Function<Object, String> describe) {
    describer = describe;
    // A full fence, as this thread reads next whether the query is stopping: either it sees that,
    // or whoever stops the query sees the slot entered.
    ENTERED.setVolatile(this, true);
    if (calls.isStopped()) {
      exit();
      return false;
    }
    return true;
  }

  /** A call begins. */
  public void begin(Object call) {
    CURRENT.setRelease(this, call);
  }

  /** The call has ended. */
  public void end() {
    CURRENT.setRelease(this, (Object) null);
    if (calls.isStopped()) {
      clearInterrupt();
    }
  }

  /** No call follows. */
  public void exit() {
    ENTERED.setRelease(this, false);
  }

  /** Drops an interrupt that was meant for the call that has just ended. */
  synchronized void clearInterrupt() {
    // The lock: whoever interrupts does so while it holds it and sees the call.
    if (Thread.interrupted()) {
      seen = null;
    }
  }

  /** Notes the very moment at which a call began. */
  synchronized void beganAt(long nanos) {
    seen = current;
    seenSinceNanos = nanos;
  }

  /** Says how calls are put into words that come without {@link #enter}. */
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

  /** Looks at the call under way; returns null if there is none. */
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

  /** Returns whether a call that was seen has not been warned of, and notes that it now is. */
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
