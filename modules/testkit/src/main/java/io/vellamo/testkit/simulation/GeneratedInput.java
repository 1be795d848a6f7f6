package io.vellamo.testkit.simulation;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.GeneratedQuery.Connectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The input of a generated query: one source or the union of two, with their watermarks and
 * stateless stages.
 *
 * @param branches the sources
 * @param stages the stages after the union
 * @param policy combines the watermarks
 * @param isFirstDistinct whether duplicates are dropped before the union, in the first source only
 */
record GeneratedInput(
    List<Branch> branches,
    GeneratedStages stages,
    WatermarkPolicy policy,
    boolean isFirstDistinct) {
  static final int MOST_EVENTS = 120;
  static final int MOST_KEYS = 6;

  /** By how much there are more keys if their rows are to be many pages. */
  private static final int TIMES_IN_PAGES = 6;

  private static final long EPOCH_MILLIS = 1_000_000L;

  /**
   * A source.
   *
   * @param stages the stages before the watermark
   * @param watermark how its watermark follows its events; null if it has none
   */
  record Branch(
      SimulatedSource<Event> source,
      GeneratedStages stages,
      @Nullable WatermarkStrategy watermark) {
    private EventStream<Event> stream(QueryStart start, Connectors connectors) {
      EventStream<Event> events = stages.after(start.from(connectors.around(source)));
      return watermark == null ? events : events.withWatermark(Event::instant, watermark);
    }

    String description() {
      return "%s%s".formatted(stages.kinds(), watermark == null ? "" : " " + watermark);
    }
  }

  /**
   * Returns an input.
   *
   * @param withWatermark whether a source must have a watermark
   * @param throwing how many of a thousand events the function throws for
   * @param stagesThrow whether stages may throw
   * @param withDuplicates whether some events are duplicates
   */
  static GeneratedInput of(
      GeneratedBy by,
      boolean withWatermark,
      int throwing,
      boolean stagesThrow,
      boolean withDuplicates) {
    Dice query = by.query();
    int sources = query.perMille(300) ? 2 : 1;
    List<Map<String, List<Event>>> events = new ArrayList<>();
    for (int source = 0; source < sources; source++) {
      events.add(new TreeMap<>());
      int partitions = query.between(1, sources == 1 ? 3 : 2);
      for (int partition = 0; partition < partitions; partition++) {
        events.get(source).put("p" + partition, new ArrayList<>());
      }
    }
    distribute(events, generate(by, throwing, withDuplicates), by.input());
    List<Branch> branches = new ArrayList<>();
    for (int source = 0; source < sources; source++) {
      boolean hasWatermark = withWatermark && (source == 0 || query.perMille(750));
      branches.add(
          new Branch(
              SimulatedSource.of(events.get(source)),
              GeneratedStages.of(query, source + 1, stagesThrow),
              hasWatermark ? watermark(query, sources > 1) : null));
    }
    boolean isFirstDistinct = withDuplicates && sources > 1 && query.coin();
    return new GeneratedInput(
        branches,
        // A stage that throws for a row of an operator fails the query.
        GeneratedStages.of(query, 4, stagesThrow && !isFirstDistinct),
        query.oneOf(WatermarkPolicy.values()),
        isFirstDistinct);
  }

  private static WatermarkStrategy watermark(Dice dice, boolean mayBeIdle) {
    WatermarkStrategy strategy = WatermarkStrategy.delay(Duration.ofMillis(dice.oneOf(0, 10, 50)));
    if (dice.perMille(300)) {
      strategy = strategy.perPartition();
    }
    if (strategy.isPerPartition() && dice.perMille(300)) {
      strategy = strategy.maxPartitionSkew(Duration.ofMillis(dice.oneOf(0, 20, 100)));
    }
    return (mayBeIdle || strategy.isPerPartition()) && dice.perMille(300)
        ? strategy.idleAfter(Duration.ofMillis(dice.oneOf(20, 200)))
        : strategy;
  }

  private static List<Event> generate(GeneratedBy by, int throwing, boolean withDuplicates) {
    Dice dice = by.input();
    SeedReduction reduction = by.reduction();
    int keys = dice.between(1, MOST_KEYS);
    // So many that other things happen before the last page of a shard.
    int times = by.isComplete() ? TIMES_IN_PAGES : 1;
    int count = dice.between(5, dice.oneOf(20, 60, MOST_EVENTS));
    List<Event> events = new ArrayList<>();
    for (int id = 1; id <= Math.min(count, reduction.events()); id++) {
      long time = EPOCH_MILLIS + id * 5L / 10 * 10 - dice.oneOf(0, 0, 10, 20, 100);
      boolean throwsOnce = dice.perMille(throwing);
      long fixedAt =
          !throwsOnce ? 0 : dice.coin() ? Long.MAX_VALUE : by.clock().millis() + dice.below(10_000);
      int key = dice.below(keys * times) % (reduction.keys() * times);
      Event event = new Event(id, id, key, time, fixedAt);
      boolean isDuplicate = withDuplicates && dice.perMille(300) && id > 1;
      events.add(isDuplicate ? duplicate(event, events.get(dice.below(id - 1)), dice) : event);
    }
    return events;
  }

  private static Event duplicate(Event event, Event of, Dice dice) {
    long time = dice.coin() ? of.time() : event.time();
    return new Event(event.id(), of.original(), event.key(), time, event.fixedAt());
  }

  private static void distribute(
      List<Map<String, List<Event>>> sources, List<Event> events, Dice dice) {
    List<List<Event>> partitions = new ArrayList<>();
    sources.forEach(source -> partitions.addAll(source.values()));
    events.forEach(event -> dice.pick(partitions).add(event));
  }

  /** Returns the stream of all events without duplicates, which the given operator drops. */
  EventStream<Event> stream(
      QueryStart start, Connectors connectors, UnaryOperator<EventStream<Event>> distinct) {
    EventStream<Event> stream = branches.get(0).stream(start, connectors);
    if (isFirstDistinct) {
      stream = distinct.apply(stream);
    }
    for (Branch other : branches.subList(1, branches.size())) {
      stream = stream.union(other.stream(start, connectors));
    }
    EventStream<Event> all = stages.after(stream);
    return isFirstDistinct ? all : distinct.apply(all);
  }

  /** Returns the watermarks of the sources. */
  List<WatermarkStrategy> watermarks() {
    List<WatermarkStrategy> watermarks = new ArrayList<>();
    for (Branch branch : branches) {
      WatermarkStrategy watermark = branch.watermark();
      if (watermark != null) {
        watermarks.add(watermark);
      }
    }
    return watermarks;
  }

  /**
   * Returns the largest delay of the watermarks with which events reach the check for duplicates.
   */
  long delayMillis() {
    long most = 0;
    for (Branch branch : isFirstDistinct ? branches.subList(0, 1) : branches) {
      WatermarkStrategy watermark = branch.watermark();
      most = Math.max(most, watermark == null ? 0 : watermark.delay().toMillis());
    }
    return most;
  }

  String feed(Dice dice) {
    return dice.pick(branches.stream().filter(branch -> !branch.source().isFed()).toList())
        .source()
        .feed(dice);
  }

  boolean isFed() {
    return branches.stream().allMatch(branch -> branch.source().isFed());
  }

  /** Returns the end of all events, as the query knows the partitions. */
  Offsets ends() {
    Map<SourcePartition, Long> ends = new TreeMap<>();
    for (int source = 0; source < branches.size(); source++) {
      String prefix = branches.size() == 1 ? "" : (source + 1) + ":";
      branches
          .get(source)
          .source()
          .ends()
          .asMap()
          .forEach((part, end) -> ends.put(new SourcePartition(prefix + part.name()), end));
    }
    return Offsets.of(ends);
  }

  /** Returns the place of the source of a range among the sources. */
  int sourceOf(OffsetRange range) {
    return branches.size() == 1 ? 0 : Integer.parseInt(prefix(range.partition().name())) - 1;
  }

  private static String prefix(String partition) {
    return partition.substring(0, partition.indexOf(':'));
  }

  /** Returns the events of a range. */
  List<Event> events(OffsetRange range) {
    OffsetRange own =
        range.renamed(
            outer -> new SourcePartition(outer.name().substring(outer.name().indexOf(':') + 1)));
    return branches.get(sourceOf(range)).source().events(own);
  }

  String description() {
    List<String> each = branches.stream().map(Branch::description).toList();
    return "%s%s %s%s"
        .formatted(
            each,
            branches.size() > 1 ? " " + policy : "",
            stages.kinds(),
            isFirstDistinct ? " duplicates checked in the first" : "");
  }
}
