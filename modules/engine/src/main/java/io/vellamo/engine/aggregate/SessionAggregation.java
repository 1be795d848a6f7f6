package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.process.MapState;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.Timers;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.SessionWindows;
import io.vellamo.api.window.Window;
import io.vellamo.engine.group.KeyedEvents;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.KeyedState;
import io.vellamo.engine.group.Rows;
import io.vellamo.engine.time.Millis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * An aggregation by sessions. A group keeps its open sessions, each an entry of a map variable by
 * its start, and a timer just after the earliest end.
 *
 * <p><b>Time</b> A session holds the events at its end, and is closed once the watermark is greater
 * than its end, where Spark closes it at its end. Otherwise the result would depend on the order of
 * arrival.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class SessionAggregation implements KeyedOperator<Object, Object, Object, Object> {
  private final AggregationCode code;
  private final BufferCalls calls;
  private final SessionWindows<Object> windows;
  private final OutputMode mode;

  /** Creates an aggregation. */
  public SessionAggregation(AggregationCode code, SessionWindows<Object> windows, OutputMode mode) {
    this.code = code;
    this.calls = new BufferCalls(code);
    this.windows = windows;
    this.mode = mode;
  }

  @Override
  public void onEvents(
      Object key, KeyedEvents<Object> events, KeyedState<Object> group, Rows<Object> rows) {
    MapState<Long, Object[]> stored = group.variables().map(code.openSpans());
    List<OpenSession> sessions = load(stored);
    List<Long> gone = reduce(events, sessions);
    gone.forEach(stored::remove);
    for (OpenSession session : sessions) {
      if (session.isChanged()) {
        write(session, stored);
      }
    }
    if (mode == OutputMode.COMPLETE) {
      gone.forEach(rows::remove);
      sessions.stream()
          .filter(OpenSession::isChanged)
          .forEach(session -> rows.put(session.start(), row(key, session)));
    } else {
      setTimer(group, sessions);
    }
  }

  @Override
  public boolean emitsWholeResult() {
    return mode == OutputMode.COMPLETE;
  }

  @Override
  public boolean hasRowsOfState() {
    return true;
  }

  @Override
  public void rowsOf(Object key, KeyedState<Object> group, Rows<Object> rows) {
    load(group.variables().map(code.openSpans()))
        .forEach(session -> rows.put(session.start(), row(key, session)));
  }

  private static void write(OpenSession session, MapState<Long, Object[]> stored) {
    Object[] buffers = session.buffers();
    Object[] entry = new Object[buffers.length + 1];
    entry[0] = session.end();
    System.arraycopy(buffers, 0, entry, 1, buffers.length);
    stored.put(session.start(), entry);
  }

  private static List<OpenSession> load(MapState<Long, Object[]> stored) {
    List<OpenSession> sessions = new ArrayList<>();
    for (Map.Entry<Long, Object[]> entry : stored.entries()) {
      Object[] value = entry.getValue();
      Object[] buffers = Arrays.copyOfRange(value, 1, value.length);
      sessions.add(new OpenSession(entry.getKey(), entry.getKey(), (Long) value[0], buffers));
    }
    sessions.sort(Comparator.comparingLong(OpenSession::start));
    return sessions;
  }

  /** Adds events to their sessions; returns where no session is stored any more. */
  private List<Long> reduce(KeyedEvents<Object> events, List<OpenSession> sessions) {
    List<Long> gone = new ArrayList<>(0);
    while (events.hasNext()) {
      Object event = events.next();
      if (!events.hasEventTime()) {
        continue;
      }
      long gap = windows.gapMillis(event);
      if (gap > 0) {
        long time = events.eventTimeMillis();
        OpenSession session = touching(time, Millis.plus(time, gap), sessions, gone);
        calls.reduce(session.buffers(), event);
      }
    }
    for (OpenSession session : sessions) {
      Long before = session.storedAt();
      if (before != null && before != session.start()) {
        gone.add(before);
      }
    }
    return gone;
  }

  /** Returns the session of an interval, merging all sessions that it touches. */
  private OpenSession touching(long from, long to, List<OpenSession> sessions, List<Long> gone) {
    int place = sessions.size();
    while (place > 0 && sessions.get(place - 1).start() > to) {
      place--;
    }
    // The sessions are disjoint, so those that the interval touches are next to each other.
    OpenSession session = null;
    while (place > 0 && sessions.get(place - 1).touches(from, to)) {
      OpenSession earlier = sessions.get(place - 1);
      if (session != null) {
        sessions.remove(place);
        Long storedAt = session.storedAt();
        if (storedAt != null) {
          gone.add(storedAt);
        }
        earlier.extend(session.start(), session.end());
        calls.merge(earlier.buffers(), session.buffers());
      }
      session = earlier;
      place--;
    }
    if (session == null) {
      session = new OpenSession(null, from, to, calls.zero());
      sessions.add(place, session);
    }
    session.extend(from, to);
    return session;
  }

  /** Returns the watermark that closes a session. */
  private static long due(OpenSession session) {
    return Millis.plus(session.end(), 1);
  }

  private static void setTimer(KeyedState<Object> group, List<OpenSession> sessions) {
    long earliest = Long.MAX_VALUE;
    for (OpenSession session : sessions) {
      earliest = Math.min(earliest, due(session));
    }
    if (earliest == Long.MAX_VALUE) {
      return;
    }
    Instant due = Instant.ofEpochMilli(earliest);
    Timers timer = group.variables().timers(AggregationCode.END);
    if (!due.equals(timer.time().orElse(null))) {
      timer.set(due);
    }
  }

  private Object row(Object key, OpenSession session) {
    Instant start = Instant.ofEpochMilli(session.start());
    Window window = new Window(start, Instant.ofEpochMilli(session.end()));
    return code.rows().row(key, window, session.buffers());
  }

  @Override
  public void onTimer(Object key, Timer timer, KeyedState<Object> group, Rows<Object> rows) {
    for (OpenSession closed : removeClosed(group)) {
      rows.emit(row(key, closed), Instant.ofEpochMilli(closed.end()));
    }
  }

  @Override
  public void onTimerLeftOut(Timer timer, KeyedState<Object> group) {
    removeClosed(group);
  }

  /** Removes the sessions that the watermark has passed, and sets the timer for the others. */
  private List<OpenSession> removeClosed(KeyedState<Object> group) {
    MapState<Long, Object[]> stored = group.variables().map(code.openSpans());
    List<OpenSession> open = new ArrayList<>();
    List<OpenSession> closed = new ArrayList<>();
    for (OpenSession session : load(stored)) {
      (due(session) <= group.watermark().millis() ? closed : open).add(session);
    }
    closed.forEach(session -> stored.remove(session.start()));
    setTimer(group, open);
    return closed;
  }

  @Override
  public void onTimeout(Object key, KeyedState<Object> group, Rows<Object> rows) {
    throw new AssertionError("the operator has no timeout");
  }

  @Override
  public KeyedOperator<Object, Object, Object, Object> inBatch() {
    return new InBatch(this);
  }

  /** The aggregation of all events of a group in one call. */
  private record InBatch(SessionAggregation sessions)
      implements KeyedOperator<Object, Object, Object, Object> {
    @Override
    public boolean needsAllEvents() {
      return true;
    }

    @Override
    public void onEvents(
        Object key, KeyedEvents<Object> events, KeyedState<Object> group, Rows<Object> rows) {
      List<OpenSession> all = new ArrayList<>();
      sessions.reduce(events, all);
      all.forEach(
          session -> rows.emit(sessions.row(key, session), Instant.ofEpochMilli(session.end())));
    }

    @Override
    public void onTimeout(Object key, KeyedState<Object> group, Rows<Object> rows) {
      throw new AssertionError("nothing times out in a batch");
    }
  }
}
