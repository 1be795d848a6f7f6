package io.vellamo.engine.pipeline;

import io.vellamo.api.internal.Stage;
import io.vellamo.engine.group.EventCopies;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Executable stateless stages: each event is pushed from the first stage to the end.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class StageChain {
  /** The receiver of the events that a stage passes on. */
  @FunctionalInterface
  interface Step {
    void push(Object event, EventContext context);
  }

  private StageChain() {}

  /**
   * Returns the first step of a chain.
   *
   * @param route the stages; none of them is an operator
   * @param copies copies the events that user functions return, if the route has such functions
   * @param end receives the events that pass all stages
   */
  static Step compile(Route route, EventCopies copies, Step end) {
    List<Stage> stages = route.stages();
    int watermark = route.firstWatermark() + route.watermarks().size();
    boolean makesEvents = stages.stream().anyMatch(StageChain::makesEvents);
    Step next = makesEvents ? (event, context) -> end.push(copies.take(event), context) : end;
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (stages.get(i) instanceof Stage.EventTime eventTime) {
        watermark--;
        next = eventTime(eventTime, watermark, next);
      } else {
        next = step(stages.get(i), next);
      }
    }
    return next;
  }

  private static boolean makesEvents(Stage stage) {
    return stage instanceof Stage.Map || stage instanceof Stage.FlatMap;
  }

  private static Step eventTime(Stage.EventTime stage, int watermark, Step next) {
    return (event, context) -> {
      context.enter("withWatermark");
      Instant time = stage.eventTime().apply(event);
      context.eventTime(watermark, time);
      next.push(event, context);
    };
  }

  private static Step step(Stage stage, Step next) {
    if (stage instanceof Stage.Map map) {
      return (event, context) -> {
        context.enter("map");
        next.push(requireResult(map.function().apply(event), "map"), context);
      };
    }
    if (stage instanceof Stage.Filter filter) {
      return filter(filter.predicate(), next);
    }
    if (stage instanceof Stage.FlatMap flatMap) {
      return flatMap(flatMap, next);
    }
    throw new AssertionError("unhandled " + stage.getClass());
  }

  private static Step filter(Predicate<Object> predicate, Step next) {
    return (event, context) -> {
      context.enter("filter");
      if (predicate.test(event)) {
        next.push(event, context);
      } else {
        context.countProcessed();
      }
    };
  }

  private static Step flatMap(Stage.FlatMap stage, Step next) {
    return (event, context) -> {
      context.enter("flatMap");
      boolean any = false;
      for (Object made : requireResult(stage.function().apply(event), "flatMap")) {
        any = true;
        next.push(requireResult(made, "flatMap"), context);
        context.enter("flatMap");
      }
      if (!any) {
        context.countProcessed();
      }
    };
  }

  private static <R> R requireResult(R result, String stage) {
    if (result == null) {
      throw new NullPointerException(
          "the result of %s must not be null; use filter or an empty flatMap to drop an event"
              .formatted(stage));
    }
    return result;
  }
}
