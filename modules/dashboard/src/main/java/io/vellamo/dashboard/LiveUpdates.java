package io.vellamo.dashboard;

import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.query.StreamingQueryProgress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest event of each query, for clients that wait for the next one. Memory is bounded by the
 * number of queries: a slow client misses epochs, not the newest one.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class LiveUpdates implements StreamingQueryListener, AutoCloseable {
  /**
   * A change of a query.
   *
   * @param version rises with each change
   * @param kind {@code progress} or {@code status}
   * @param query the query's name
   * @param body what has changed
   */
  record Update(long version, String kind, String query, Object body) {}

  private static final int MAX_ENDED = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final Map<String, Update> latest = new HashMap<>();
  private final Deque<String> endedNames = new ArrayDeque<>();
  private long version;
  private boolean closed;

  @Override
  public void onQueryProgress(StreamingQueryProgress progress) {
    put("progress", progress.name(), progress);
  }

  @Override
  public void onQueryStarted(QueryStarted event) {
    put("status", event.name(), "started");
  }

  @Override
  public void onQueryOutageBegan(QueryOutageBegan event) {
    put("status", event.name(), "outage");
  }

  @Override
  public void onQueryOutageEnded(QueryOutageEnded event) {
    put("status", event.name(), "working");
  }

  @Override
  public void onQueryTerminated(QueryTerminated event) {
    put("status", event.name(), "ended");
    forgetOldest(event.name());
  }

  /** Bounds the memory for queries whose names are never used again. */
  private void forgetOldest(String name) {
    lock.lock();
    try {
      latest.remove("progress/" + name);
      endedNames.remove(name);
      endedNames.add(name);
      if (endedNames.size() > MAX_ENDED) {
        latest.remove("status/" + endedNames.remove());
      }
    } finally {
      lock.unlock();
    }
  }

  private void put(String kind, String query, Object body) {
    lock.lock();
    try {
      version++;
      latest.put(kind + "/" + query, new Update(version, kind, query, body));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the changes after a version, in order, or none if there are none in a time. */
  List<Update> after(long seen, Duration maxWait) throws InterruptedException {
    lock.lock();
    try {
      long nanos = maxWait.toNanos();
      while (version == seen && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      List<Update> updates = new ArrayList<>();
      for (Update update : latest.values()) {
        if (update.version > seen) {
          updates.add(update);
        }
      }
      updates.sort((one, other) -> Long.compare(one.version, other.version));
      return updates;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a time, and returns whether updates go on. */
  boolean pause(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long nanos = time.toNanos();
      while (!closed && nanos > 0) {
        nanos = ended.awaitNanos(nanos);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
