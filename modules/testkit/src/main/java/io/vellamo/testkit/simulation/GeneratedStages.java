package io.vellamo.testkit.simulation;

import io.vellamo.api.EventStream;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    FLAT_MAP,
    /** Throws for some events. */
    THROW
  }

  /** The distance between an event's number and that of a second event made from it. */
  private static final int DISTANCE = 1_000;

  /** Copies the stages. */
  GeneratedStages {
    kinds = List.copyOf(kinds);
  }

  /**
   * Returns stages.
   *
   * @param mayThrow whether events that a stage throws for become dead letters
   */
  static GeneratedStages of(Dice dice, int number, boolean mayThrow) {
    List<Kind> kinds = new ArrayList<>();
    int most = dice.oneOf(0, 0, 0, 1, 2);
    while (kinds.size() < most) {
      Kind kind = dice.oneOf(Kind.values());
      // Two flatMaps would give two events the same number.
      if (!(kind == Kind.FLAT_MAP && kinds.contains(kind)) && (mayThrow || kind != Kind.THROW)) {
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
            case THROW -> result.map(this::checked);
          };
    }
    return result;
  }

  /**
   * Takes an event through these stages.
   *
   * @param next takes each event made from it before the next one is made
   * @return the number of events that the stages have dropped
   * @throws Thrown if a stage throws
   */
  long take(Event event, Consumer<Event> next) {
    return take(event, 0, next);
  }

  private long take(Event event, int stage, Consumer<Event> end) {
    if (stage == kinds.size()) {
      end.accept(event);
      return 0;
    }
    List<Event> next =
        switch (kinds.get(stage)) {
          case FILTER -> keeps(event) ? List.of(event) : List.of();
          case MAP -> List.of(moved(event));
          case FLAT_MAP -> copies(event);
          case THROW -> List.of(checked(event));
        };
    long dropped = next.isEmpty() ? 1 : 0;
    for (Event each : next) {
      dropped += take(each, stage + 1, end);
    }
    return dropped;
  }

  private boolean keeps(Event event) {
    return event.id() % 5 != number;
  }

  private Event moved(Event event) {
    return event.id() % 3 == 0 ? event.withKey(event.key() / 2) : event;
  }

  private Event checked(Event event) {
    if (event.id() % 7 == number) {
      throw new Thrown("stage " + number);
    }
    return event;
  }

  private List<Event> copies(Event event) {
    return switch (event.id() % 4) {
      case 0 -> List.of();
      case 1 -> List.of(event, event.withId(event.id() + number * DISTANCE));
      default -> List.of(event);
    };
  }
}
