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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest event of each query, for clients that wait for the next one. Memory is bounded by the
 * number of queries: a slow client misses epochs, not the newest one. An event is turned into text
 * once, however many clients get it, and never if none does.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class LiveUpdates implements StreamingQueryListener, AutoCloseable {
  /** A change of a query. Its text is made once, for the first client that gets it. */
  static final class Update {
    private final long version;
    private final Supplier<String> source;
    private @Nullable String text;

    private Update(long version, Supplier<String> source) {
      this.version = version;
      this.source = source;
    }

    /** Returns a number that rises with each change. */
    long version() {
      return version;
    }

    /** Returns the change as a server-sent event. */
    synchronized String text() {
      if (text == null) {
        text = source.get();
      }
      return text;
    }
  }

  private static final int MAX_ENDED = 100;

  private final Disclosure disclosure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private final Map<String, Update> latest = new HashMap<>();
  private final Deque<String> endedNames = new ArrayDeque<>();
  private long version;
  private boolean closed;

  /** Creates the updates of queries that show data, or hide it. */
  LiveUpdates(Disclosure disclosure) {
    this.disclosure = disclosure;
  }

  @Override
  public void onQueryProgress(StreamingQueryProgress progress) {
    put("progress", progress.name(), () -> Json.write(disclosure.progress(progress)));
  }

  @Override
  public void onQueryStarted(QueryStarted event) {
    putStatus(event.name(), "started");
  }

  @Override
  public void onQueryOutageBegan(QueryOutageBegan event) {
    putStatus(event.name(), "outage");
  }

  @Override
  public void onQueryOutageEnded(QueryOutageEnded event) {
    putStatus(event.name(), "working");
  }

  @Override
  public void onQueryTerminated(QueryTerminated event) {
    putStatus(event.name(), "ended");
    forgetOldest(event.name());
  }

  /** Notes that the status or the health of a query has changed without an event of its own. */
  void statusChanged(String query) {
    putStatus(query, "changed");
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

  private void putStatus(String query, String state) {
    put("status", query, () -> Json.write(Json.object().put("query", query).put("state", state)));
  }

  private void put(String kind, String query, Supplier<String> data) {
    lock.lock();
    try {
      version++;
      latest.put(
          kind + "/" + query,
          new Update(version, () -> "event: %s\ndata: %s\n\n".formatted(kind, data.get())));
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
