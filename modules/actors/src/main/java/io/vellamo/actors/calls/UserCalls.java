package io.vellamo.actors.calls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The calls of user code in one run of a query: functions, stages, source and sinks.
 *
 * <p>Once the run is stopping, functions are no longer called, results of calls under way are
 * ignored, and those calls can be interrupted.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class UserCalls {
  /**
   * A call under way.
   *
   * @param description the call in words
   * @param elapsed how long it has been under way, to about a second for functions
   * @param thread the name of its thread
   */
  public record InProgress(String description, Duration elapsed, String thread) {
    static InProgress of(CallSlot.Seen seen) {
      return new InProgress(seen.description(), seen.elapsed(), seen.thread().getName());
    }

    @Override
    public String toString() {
      return "%s, under way for [%s] on thread [%s],"
          .formatted(description, words(elapsed), thread);
    }

    private static String words(Duration duration) {
      return duration.toSeconds() >= 10 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
  }

  private final List<CallSlot> slots = new CopyOnWriteArrayList<>();
  private final ThreadLocal<CallSlot> own = ThreadLocal.withInitial(this::newSlot);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Runnable onStop;
  private final LongSupplier nanoTime;
  private volatile boolean stopped;

  /**
   * Creates the calls of a run that begins.
   *
   * @param onStop run once, when the run begins to stop
   * @param nanoTime the elapsed time
   */
  public UserCalls(Runnable onStop, LongSupplier nanoTime) {
    this.onStop = onStop;
    this.nanoTime = nanoTime;
  }

  /** Returns the elapsed time by which calls are timed. */
  public long nanoTime() {
    return nanoTime.getAsLong();
  }

  private CallSlot newSlot() {
    CallSlot slot = new CallSlot(this);
    slots.removeIf(other -> !other.isOfLivingThread());
    slots.add(slot);
    return slot;
  }

  /** Returns the slot of the calling thread. */
  public CallSlot slot() {
    return own.get();
  }

  /** Notes that the run is stopping: functions are no longer called. */
  public void stop() {
    stopped = true;
    if (stopping.compareAndSet(false, true)) {
      onStop.run();
    }
  }

  /** Returns whether the run is stopping. */
  public boolean isStopped() {
    return stopped;
  }

  /**
   * Makes an infrequent call, such as one of a source or sink. Unlike a function call, it is made
   * even if the run is stopping, as sources and sinks have to be closed.
   *
   * @param description the call in words
   */
  public <T> T call(String description, Callable<T> call) throws Exception {
    CallSlot slot = slot();
    // An array for its identity, as equal descriptions may follow each other.
    Object[] identity = {description};
    slot.describe(each -> description);
    slot.begin(identity);
    slot.beganAt(nanoTime());
    try {
      return call.call();
    } finally {
      slot.end();
    }
  }

  /** Returns the calls under way, the longest first. */
  public List<InProgress> inProgress() {
    long now = nanoTime();
    List<InProgress> all = new ArrayList<>();
    for (CallSlot slot : slots) {
      CallSlot.Seen seen = slot.look(now);
      if (seen != null) {
        all.add(InProgress.of(seen));
      }
    }
    all.sort((one, other) -> other.elapsed().compareTo(one.elapsed()));
    return all;
  }

  /** Returns the calls that have lasted at least {@code bound} and were not returned before. */
  public List<InProgress> overdue(Duration bound) {
    long now = nanoTime();
    List<InProgress> all = new ArrayList<>();
    for (CallSlot slot : slots) {
      CallSlot.Seen seen = slot.look(now);
      if (seen != null && seen.elapsed().compareTo(bound) >= 0 && slot.warnsFirst(seen)) {
        all.add(InProgress.of(seen));
      }
    }
    return all;
  }

  /** Interrupts the calls that have lasted at least {@code bound}; returns them. */
  public List<InProgress> interrupt(Duration bound) {
    long now = nanoTime();
    List<InProgress> all = new ArrayList<>();
    for (CallSlot slot : slots) {
      CallSlot.Seen seen = slot.look(now);
      if (seen != null && seen.elapsed().compareTo(bound) >= 0 && slot.interrupt(seen)) {
        all.add(InProgress.of(seen));
      }
    }
    return all;
  }

  /**
   * Returns how many threads are in a call of function code that has lasted at least {@code bound}.
   */
  public long functionsLongerThan(Duration bound) {
    long now = nanoTime();
    return slots.stream()
        .filter(CallSlot::isEntered)
        .map(slot -> slot.look(now))
        .filter(seen -> seen != null && seen.elapsed().compareTo(bound) >= 0)
        .count();
  }

  /** Returns whether no user code runs. Once the run is stopping, no function starts again. */
  public boolean areIdle() {
    return slots.stream().noneMatch(slot -> slot.isEntered() || slot.isCalling());
  }
}
