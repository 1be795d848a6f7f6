package io.vellamo.testkit.simulation;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The events, states, rows and functions of generated queries. */
final class Generated {
  /** Later than all event times but the end of time. */
  private static final long FAR_MILLIS = 100_000_000_000_000L;

  private Generated() {}

  private static long millis(Optional<Instant> eventTime) {
    return eventTime.map(Instant::toEpochMilli).orElse(0L);
  }

  /**
   * An event.
   *
   * @param id its number, unique
   * @param original the number of the event that it is a duplicate of; its own if it is none
   * @param key its group
   * @param time its event time
   * @param fixedAt the processing time until which the function throws for it; 0 if never
   */
  record Event(int id, int original, int key, long time, long fixedAt) {
    Instant instant() {
      return Instant.ofEpochMilli(time);
    }

    Event withKey(int newKey) {
      return new Event(id, original, newKey, time, fixedAt);
    }

    Event withId(int newId) {
      return new Event(newId, original, key, time, fixedAt);
    }
  }

  /**
   * The state of a group.
   *
   * @param count the number of events
   * @param order a hash of their numbers and event times in order
   * @param newest the largest event time
   * @param rearmed how often the timeout was set by a timeout
   * @param filler makes the state larger
   */
  record Tally(long count, long order, long newest, int rearmed, String filler) {
    Tally and(Event event, Optional<Instant> eventTime) {
      long hash = (order * 31 + event.id) * 31 + millis(eventTime);
      return new Tally(count + 1, hash, Math.max(newest, event.time), rearmed, filler);
    }

    Tally rearmedAgain() {
      return new Tally(count, order, newest, rearmed + 1, filler);
    }
  }

  /**
   * A row.
   *
   * @param kind what it tells
   * @param key its group
   * @param event the number of an event, or 0
   * @param count the group's number of events
   * @param order the hash of their order
   * @param at the group's clock
   * @param filler makes the row larger
   */
  record Row(String kind, int key, int event, long count, long order, long at, String filler) {
    /** Returns its event time, which is that of its group's clock or somewhat earlier. */
    Instant instant() {
      return Instant.ofEpochMilli(at - count % 4 * 15);
    }

    /** Returns the key by which rows are duplicates; those of different groups are not. */
    String duplicateKey() {
      return key + "/" + kind + "/" + count % 5;
    }

    Row withoutFiller() {
      return new Row(kind, key, event, count, order, at, "");
    }
  }

  /** The failure of a function. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Thrown(String message) {
      super(message, null, false, false);
    }
  }

  /** What a timeout does. */
  enum OnTimeout {
    REMOVE,
    KEEP,
    SET_AGAIN
  }

  /**
   * The first function of a query: it counts events, in order.
   *
   * @param timeout the clock of its timeouts
   * @param gapMillis the time until a timeout
   * @param onTimeout what a timeout does
   * @param eachEvent whether there is a row for each event
   * @param removesAt the number of events after which the state is removed; 0 for never
   * @param keepsTimeout whether a timeout is set although the state is removed
   * @param filler makes states and rows larger
   * @param flaky whether the first call of a group in an epoch throws, for some groups
   * @param thrown the calls that have thrown, so that they do not again
   */
  record First(
      GroupStateTimeout timeout,
      long gapMillis,
      OnTimeout onTimeout,
      boolean eachEvent,
      int removesAt,
      boolean keepsTimeout,
      String filler,
      boolean flaky,
      Set<String> thrown)
      implements FlatMapGroupsWithStateFunction<Integer, Event, Tally, Row> {
    static First of(Dice dice, GroupStateTimeout timeout, boolean flaky) {
      return new First(
          timeout,
          dice.oneOf(10, 20, 50, 300),
          dice.oneOf(OnTimeout.values()),
          dice.coin(),
          dice.oneOf(0, 0, 3, 5),
          dice.coin(),
          "x".repeat(dice.oneOf(0, 0, 40, 150)),
          flaky,
          new HashSet<>());
    }

    /** Returns this function without calls that throw at random. */
    First withoutFlaws() {
      return new First(
          timeout,
          gapMillis,
          onTimeout,
          eachEvent,
          removesAt,
          keepsTimeout,
          filler,
          false,
          Set.of());
    }

    /** Returns the parameters. */
    String description() {
      return "timeouts after %d ms that %s, %s%s, filler %d%s"
          .formatted(
              gapMillis,
              onTimeout,
              eachEvent ? "a row for each event" : "a row for each call",
              removesAt == 0
                  ? ""
                  : ", removed at " + removesAt + (keepsTimeout ? " but timer" : ""),
              filler.length(),
              flaky ? ", flaky" : "");
    }

    @Override
    public Iterator<Row> call(Integer key, Iterator<Event> events, GroupState<Tally> state) {
      Tally tally = state.optional().orElse(new Tally(0, 0, 0, 0, filler));
      long now = state.currentProcessingTime().toEpochMilli();
      if (flaky && key % 3 == 0 && thrown.add(key + "@" + now)) {
        throw new Thrown("the first time");
      }
      return state.hasTimedOut() ? timedOut(key, tally, state) : count(key, tally, events, state);
    }

    private Iterator<Row> timedOut(Integer key, Tally tally, GroupState<Tally> state) {
      switch (onTimeout) {
        case REMOVE -> state.remove();
        case KEEP -> {}
        case SET_AGAIN -> {
          if (tally.rearmed < 3) {
            state.update(tally.rearmedAgain());
            setTimeout(tally, state);
          } else {
            state.remove();
          }
        }
      }
      return List.of(row("timeout", key, 0, tally, state)).iterator();
    }

    private Iterator<Row> count(
        Integer key, Tally before, Iterator<Event> events, GroupState<Tally> state) {
      long now = state.currentProcessingTime().toEpochMilli();
      List<Row> rows = new ArrayList<>();
      Tally tally = before;
      while (events.hasNext()) {
        Event event = events.next();
        if (now < event.fixedAt) {
          throw new Thrown("event " + event.id);
        }
        tally = tally.and(event, state.eventTime());
        if (eachEvent) {
          rows.add(row("event", key, event.id, tally, state));
        }
      }
      if (!eachEvent) {
        rows.add(row("call", key, 0, tally, state));
      }
      boolean removes = removesAt > 0 && tally.count % removesAt == 0;
      if (removes) {
        state.remove();
      } else {
        state.update(tally);
      }
      if (!removes || keepsTimeout) {
        setTimeout(tally, state);
      }
      return rows.iterator();
    }

    private void setTimeout(Tally tally, GroupState<Tally> state) {
      if (timeout == GroupStateTimeout.PROCESSING_TIME) {
        state.setTimeoutDuration(Duration.ofMillis(gapMillis));
      } else if (timeout == GroupStateTimeout.EVENT_TIME) {
        long watermark = state.currentWatermark().toEpochMilli();
        long base = watermark < FAR_MILLIS ? Math.max(tally.newest, watermark) : tally.newest;
        state.setTimeoutTimestamp(Instant.ofEpochMilli(base + gapMillis));
      }
    }

    private Row row(String kind, Integer key, int event, Tally tally, GroupState<Tally> state) {
      long at =
          timeout == GroupStateTimeout.EVENT_TIME
              ? state.currentWatermark().toEpochMilli()
              : state.currentProcessingTime().toEpochMilli();
      return new Row(kind, key, event, tally.count, tally.order, at, filler);
    }
  }

  /**
   * The second function of a chain: it counts rows, in any order.
   *
   * @param timeout the clock of its timeouts
   * @param timeoutMillis the time until a timeout
   */
  record Second(GroupStateTimeout timeout, long timeoutMillis)
      implements FlatMapGroupsWithStateFunction<Integer, Row, Tally, Row> {
    @Override
    public Iterator<Row> call(Integer key, Iterator<Row> events, GroupState<Tally> state) {
      Tally tally = state.optional().orElse(new Tally(0, 0, 0, 0, ""));
      while (events.hasNext()) {
        Row row = events.next();
        long order = tally.order + row.order + row.event + millis(state.eventTime());
        tally = new Tally(tally.count + 1, order, 0, 0, "");
      }
      String kind = state.hasTimedOut() ? "second timeout" : "second";
      if (state.hasTimedOut()) {
        state.remove();
      } else {
        state.update(tally);
        setTimeout(state);
      }
      return List.of(new Row(kind, key, 0, tally.count, tally.order, 0, "")).iterator();
    }

    private void setTimeout(GroupState<Tally> state) {
      if (timeout == GroupStateTimeout.PROCESSING_TIME) {
        state.setTimeoutDuration(Duration.ofMillis(timeoutMillis));
      } else if (timeout == GroupStateTimeout.EVENT_TIME) {
        long watermark = state.currentWatermark().toEpochMilli();
        if (watermark < FAR_MILLIS) {
          state.setTimeoutTimestamp(Instant.ofEpochMilli(watermark + timeoutMillis));
        }
      }
    }
  }
}
