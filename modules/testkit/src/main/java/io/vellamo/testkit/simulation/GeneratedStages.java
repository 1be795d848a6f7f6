package io.vellamo.testkit.simulation;

import io.vellamo.api.EventStream;
import io.vellamo.testkit.simulation.Generated.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Stateless stages of a generated query.
 *
 * @param kinds the stages, in order
 * @param number distinguishes them from the query's other stages, from 1
 */
record GeneratedStages(List<Kind> kinds, int number) {
  /** The kinds of stages. */
  enum Kind {
    /** Drops some events. */
    FILTER,
    /** Moves some events to other groups. */
    MAP,
    /** Drops some events and makes two of others. */
    FLAT_MAP
  }

  /** The distance between an event's number and that of a second event made from it. */
  private static final int DISTANCE = 1_000;

  /** Copies the stages. */
  GeneratedStages {
    kinds = List.copyOf(kinds);
  }

  static GeneratedStages of(Dice dice, int number) {
    List<Kind> kinds = new ArrayList<>();
    int most = dice.oneOf(0, 0, 0, 1, 2);
    while (kinds.size() < most) {
      Kind kind = dice.oneOf(Kind.values());
      // Two of these would give two events the same number.
      if (kind != Kind.FLAT_MAP || !kinds.contains(kind)) {
        kinds.add(kind);
      }
    }
    return new GeneratedStages(kinds, number);
  }

  /** Returns a stream with these stages. */
  EventStream<Event> after(EventStream<Event> stream) {
    EventStream<Event> result = stream;
    for (Kind kind : kinds) {
      result =
          switch (kind) {
            case FILTER -> result.filter(this::keeps);
            case MAP -> result.map(this::moved);
            case FLAT_MAP -> result.flatMap(this::copies);
          };
    }
    return result;
  }

  /**
   * Takes an event through these stages.
   *
   * @param out takes the events made from it
   * @return the number of events that the stages have dropped
   */
  long take(Event event, List<Event> out) {
    return take(event, 0, out);
  }

  private long take(Event event, int stage, List<Event> out) {
    if (stage == kinds.size()) {
      out.add(event);
      return 0;
    }
    List<Event> next =
        switch (kinds.get(stage)) {
          case FILTER -> keeps(event) ? List.of(event) : List.of();
          case MAP -> List.of(moved(event));
          case FLAT_MAP -> copies(event);
        };
    long dropped = next.isEmpty() ? 1 : 0;
    for (Event each : next) {
      dropped += take(each, stage + 1, out);
    }
    return dropped;
  }

  private boolean keeps(Event event) {
    return event.id() % 5 != number;
  }

  private Event moved(Event event) {
    return event.id() % 3 == 0 ? event.withKey(event.key() / 2) : event;
  }

  private List<Event> copies(Event event) {
    return switch (event.id() % 4) {
      case 0 -> List.of();
      case 1 -> List.of(event, event.withId(event.id() + number * DISTANCE));
      default -> List.of(event);
    };
  }
}
