package io.vellamo.testkit.simulation;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.testkit.simulation.Generated.Event;
import io.vellamo.testkit.simulation.Generated.First;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.Generated.Second;
import io.vellamo.testkit.simulation.Generated.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A query that a seed has made up, with its input. */
final class GeneratedScenario implements Scenario {
  /** The query's name. */
  static final String NAME = "simulated";

  private static final long EPOCH_MILLIS = 1_000_000L;

  private final SimulatedJournal journal;
  private final PlantedFault planted;
  private final SimulatedSource<Event> source;
  private final SimulatedSink<Row> sink;
  private final SimulatedSink<DeadLetter> deadLetters = SimulatedSink.of(SinkGuarantee.IDEMPOTENT);
  private final SimulatedSink<LateEvent> lateEvents = SimulatedSink.of(SinkGuarantee.IDEMPOTENT);
  private final GroupStateTimeout timeout;
  private final ErrorPolicy policy;
  private final First first;
  private final Second second;
  private final boolean isChain;
  private final long delayMillis;
  private final LocalQuery query;
  private final long eventsPerEpoch;

  GeneratedScenario(Dice dice, QueryClock clock, SimulatedJournal journal, PlantedFault planted) {
    this.journal = journal;
    this.planted = planted;
    this.timeout = dice.oneOf(GroupStateTimeout.values());
    this.policy = policy(dice);
    boolean throwsAtEvents = policy.action() != ErrorPolicy.Action.FAIL;
    boolean flaky =
        policy.action() != ErrorPolicy.Action.PARK
            && (policy.retries() > 0 || !throwsAtEvents)
            && dice.coin();
    this.source = SimulatedSource.of(events(dice, throwsAtEvents, clock.millis()));
    this.sink = SimulatedSink.of(dice.oneOf(SinkGuarantee.values()));
    this.first = First.of(dice, timeout, flaky);
    this.isChain = dice.perMille(350) && timeout != GroupStateTimeout.EVENT_TIME;
    this.second = new Second(dice.oneOf(0, 30));
    this.delayMillis = dice.oneOf(0, 10, 50);
    this.eventsPerEpoch = dice.oneOf(1, 2, 5, 20);
    Trigger trigger = trigger(dice);
    long recordBytes = dice.oneOf(200, 500, 1_000_000);
    JournalLimits limits =
        new JournalLimits(
            dice.oneOf(300, 3_000, 1_000_000),
            recordBytes,
            recordBytes * dice.oneOf(1, 3),
            dice.coin());
    this.query =
        LocalQueries.of(
            PlanCapture.of(NAME, start -> builder(start, trigger, source, sink)),
            clock,
            dice.between(1, 3),
            limits,
            dice.oneOf(1, 3, 100));
  }

  /** Returns the query in words. */
  String description() {
    return "a query with %s, %s, %s, %s at once, %d shards, %s%s, %s"
        .formatted(
            timeout,
            query.prepared().plan().trigger().getClass().getSimpleName(),
            policy,
            eventsPerEpoch,
            query.shards(),
            sink.description(),
            isChain ? ", chain" : "",
            first.description());
  }

  private static ErrorPolicy policy(Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> ErrorPolicy.fail();
      case 1 -> ErrorPolicy.deadLetter();
      case 2, 3 -> ErrorPolicy.park();
      case 4 -> ErrorPolicy.retry(dice.between(1, 2), Duration.ofMillis(20)).thenFail();
      default ->
          dice.coin()
              ? ErrorPolicy.retry(1, Duration.ofMillis(20)).thenDeadLetter()
              : ErrorPolicy.retry(2, Duration.ZERO).thenPark();
    };
  }

  private static Trigger trigger(Dice dice) {
    return switch (dice.below(8)) {
      case 0 -> Trigger.processingTime(Duration.ofMillis(40));
      case 1 -> Trigger.once();
      case 2 -> Trigger.availableNow();
      case 3 -> Trigger.drain();
      default -> Trigger.asap();
    };
  }

  private static Map<String, List<Event>> events(
      Dice dice, boolean throwsAtEvents, long nowMillis) {
    List<List<Event>> partitions = new ArrayList<>();
    int partitionCount = dice.between(1, 3);
    int keys = dice.between(1, 6);
    int count = dice.between(5, dice.oneOf(20, 60, 120));
    for (int partition = 0; partition < partitionCount; partition++) {
      partitions.add(new ArrayList<>());
    }
    int throwing = throwsAtEvents ? dice.oneOf(0, 30, 150) : 0;
    for (int id = 1; id <= count; id++) {
      long time = EPOCH_MILLIS + id * 5L / 10 * 10 - dice.oneOf(0, 0, 10, 20, 100);
      long fixedAt =
          !dice.perMille(throwing)
              ? 0
              : dice.coin() ? Long.MAX_VALUE : nowMillis + dice.below(10_000);
      Event event = new Event(id, dice.below(keys), time, fixedAt);
      dice.pick(partitions).add(event);
    }
    Map<String, List<Event>> events = new TreeMap<>();
    for (int partition = 0; partition < partitionCount; partition++) {
      events.put("p" + partition, partitions.get(partition));
    }
    return events;
  }

  /**
   * Returns the query as its users write it.
   *
   * @param from its source, or one that calls it
   * @param to its sink, or one that calls it
   */
  QueryBuilder builder(
      QueryStart start, Trigger trigger, EventSource<Event> from, RowSink<Row> to) {
    EventStream<Event> events = start.from(from);
    EventStream<Row> rows =
        (timeout == GroupStateTimeout.EVENT_TIME
                ? events.withWatermark(Event::instant, Duration.ofMillis(delayMillis))
                : events)
            .groupByKey(Event::key)
            .flatMapGroupsWithState(OutputMode.APPEND, timeout, Tally.class, first)
            .named("first");
    if (isChain) {
      rows =
          rows.groupByKey(row -> row.key() % 2)
              .flatMapGroupsWithState(
                  OutputMode.APPEND,
                  second.timeoutMillis() > 0
                      ? GroupStateTimeout.PROCESSING_TIME
                      : GroupStateTimeout.NONE,
                  Tally.class,
                  second)
              .named("second");
    }
    return rows.to(to)
        .onError(policy)
        .deadLettersTo(deadLetters)
        .lateEventsTo(lateEvents)
        .trigger(trigger)
        .maxEventsPerEpoch(eventsPerEpoch);
  }

  @Override
  public LocalQuery query() {
    return query;
  }

  @Override
  public QuerySetup setup(UUID runId) {
    return LocalQueries.setup(query, runId);
  }

  @Override
  public String feed(Dice dice) {
    return source.feed(dice);
  }

  @Override
  public boolean isFed() {
    return source.isFed();
  }

  @Override
  public boolean isRead(Offsets offsets) {
    return offsets.asMap().equals(source.ends().asMap());
  }

  @Override
  public EffectFilter filter(Simulation running) {
    return planted.filter(running);
  }

  @Override
  public List<PendingEffect> effects(PendingEffect effect) {
    return planted.effects(effect);
  }

  @Override
  public void check(Simulation finished) {
    journalChecks().check(finished);
    checkResult();
  }

  JournalChecks journalChecks() {
    return new JournalChecks(journal, query);
  }

  /** Checks that rows and groups are those of a brute-force computation. */
  void checkResult() {
    new SimulationOracle(this, journal).check();
  }

  /** Checks that no group waits for a call that its timeout by processing time makes due. */
  void checkTimeouts(long processingTimeMillis) {
    SimulationOracle oracle = new SimulationOracle(this, journal);
    oracle.check();
    oracle.checkTimeouts(processingTimeMillis);
  }

  SimulatedSource<Event> source() {
    return source;
  }

  SimulatedSink<Row> sink() {
    return sink;
  }

  SimulatedSink<DeadLetter> deadLetters() {
    return deadLetters;
  }

  SimulatedSink<LateEvent> lateEvents() {
    return lateEvents;
  }

  First first() {
    return first;
  }

  Second second() {
    return second;
  }

  boolean isChain() {
    return isChain;
  }

  long delayMillis() {
    return delayMillis;
  }

  ErrorPolicy policy() {
    return policy;
  }

  GroupStateTimeout timeout() {
    return timeout;
  }
}
