package io.vellamo.engine.pipeline;

import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Upstream;
import io.vellamo.engine.pipeline.CompiledOperator.Place;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compiler of a pipeline: divides it at its stateful operators, and numbers sources, operators
 * and watermarks. Upstream operators get lower numbers.
 */
final class QueryCompiler {
  /** A route whose watermarks have no numbers yet. */
  private record RouteDraft(List<Stage> stages, int target) {}

  private final Deque<RouteDraft> sources = new ArrayDeque<>();
  private final Stage[] operators;
  private final RouteDraft[] rows;
  private int unnumbered;
  private int watermarks;

  private QueryCompiler(int operators) {
    this.operators = new Stage[operators];
    this.rows = new RouteDraft[operators];
    this.unnumbered = operators;
  }

  static CompiledQuery compile(Upstream upstream, boolean hasLateOutput) {
    int operators = (int) upstream.stages().stream().filter(QueryCompiler::isOperator).count();
    QueryCompiler compiler = new QueryCompiler(operators);
    compiler.visit(upstream, new ArrayDeque<>(), Route.SINK);
    return compiler.number(hasLateOutput);
  }

  private static boolean isOperator(Stage stage) {
    return stage instanceof Stage.Group || stage instanceof Stage.Deduplicate;
  }

  /** Traverses from the sink to the sources, so that upstream operators get lower numbers. */
  private void visit(Upstream upstream, Deque<Stage> behind, int target) {
    if (upstream instanceof Upstream.Input) {
      sources.addFirst(new RouteDraft(List.copyOf(behind), target));
    } else if (upstream instanceof Upstream.Union union) {
      List<Upstream> lastFirst = new ArrayList<>(union.branches());
      Collections.reverse(lastFirst);
      lastFirst.forEach(branch -> visit(branch, new ArrayDeque<>(behind), target));
    } else {
      Upstream.Step step = (Upstream.Step) upstream;
      if (isOperator(step.stage())) {
        unnumbered--;
        operators[unnumbered] = step.stage();
        rows[unnumbered] = new RouteDraft(List.copyOf(behind), target);
        visit(step.before(), new ArrayDeque<>(), unnumbered);
      } else {
        behind.addFirst(step.stage());
        visit(step.before(), behind, target);
      }
    }
  }

  private CompiledQuery number(boolean hasLateOutput) {
    @Nullable Duration[] delays = new Duration[operators.length];
    Duration[] heldBack = new Duration[operators.length];
    Arrays.fill(heldBack, Duration.ZERO);
    List<Route> inputs = new ArrayList<>();
    for (RouteDraft draft : sources) {
      Route route = route(draft);
      inputs.add(route);
      reach(delays, route, null);
    }
    Route[] routes = new Route[operators.length];
    for (int i = 0; i < operators.length; i++) {
      // A watermark without an operator downstream does not affect the query's watermark.
      routes[i] = rows[i].target == Route.SINK ? unnumbered(rows[i]) : route(rows[i]);
      boolean passesEventTimes = CompiledOperator.passesEventTimes(operators[i]);
      reach(delays, routes[i], passesEventTimes ? delays[i] : null);
      if (passesEventTimes && passesWatermark(routes[i])) {
        int next = routes[i].target();
        heldBack[next] = later(heldBack[next], heldBack[i].plus(behind(operators[i])));
      }
    }
    boolean[] dropsLate = dropsLate(routes, delays);
    List<CompiledOperator> compiled = new ArrayList<>();
    for (int i = 0; i < operators.length; i++) {
      Place place = new Place(delays[i], dropsLate[i], heldBack[i], routes[i]);
      compiled.add(
          operators[i] instanceof Stage.Deduplicate deduplicate
              ? CompiledOperator.of(deduplicate, place)
              : CompiledOperator.of((Stage.Group) operators[i], place));
    }
    return new CompiledQuery(inputs, compiled, hasLateOutput);
  }

  /** Returns whether the next operator has the watermark of the operator before the route. */
  private static boolean passesWatermark(Route route) {
    return !route.leadsToSink() && !route.hasWatermark();
  }

  private static Duration behind(Stage stage) {
    return stage instanceof Stage.Group group
        ? group.operator().declared().behind()
        : Duration.ZERO;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Finds the operators for which late events are dropped, downstream ones first. */
  private boolean[] dropsLate(Route[] routes, @Nullable Duration[] delays) {
    boolean[] drops = new boolean[operators.length];
    for (int i = operators.length - 1; i >= 0; i--) {
      Stage stage = operators[i];
      boolean dependsOnEventTime =
          stage instanceof Stage.Group group ? group.operator().usesEventTime() : delays[i] != null;
      boolean feedsOne =
          CompiledOperator.passesEventTimes(stage)
              && passesWatermark(routes[i])
              && drops[routes[i].target()];
      drops[i] = dependsOnEventTime || (delays[i] != null && feedsOne);
    }
    return drops;
  }

  private Route route(RouteDraft draft) {
    Route route = new Route(draft.stages, watermarks, draft.target);
    watermarks += route.watermarks().size();
    return route;
  }

  private static Route unnumbered(RouteDraft draft) {
    return new Route(draft.stages, 0, draft.target);
  }

  /**
   * Records the watermark delay with which events reach a route's target; {@code atBegin} is the
   * delay at the beginning of the route, null without event time.
   */
  private static void reach(@Nullable Duration[] delays, Route route, @Nullable Duration atBegin) {
    if (route.leadsToSink()) {
      return;
    }
    Duration delay = atBegin;
    for (Stage.EventTime watermark : route.watermarks()) {
      delay = watermark.strategy().delay();
    }
    Duration other = delays[route.target()];
    if (delay != null && (other == null || other.compareTo(delay) < 0)) {
      delays[route.target()] = delay;
    }
  }
}
