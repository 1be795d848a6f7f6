package io.vellamo.testkit.simulation;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.testkit.simulation.Generated.Row;
import io.vellamo.testkit.simulation.GeneratedOperators.After;
import io.vellamo.testkit.simulation.GeneratedOperators.Duplicates;
import io.vellamo.testkit.simulation.GeneratedQuery.Connectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A query that a seed has made up, with its input. */
final class GeneratedScenario implements Scenario {
  /** The query's name. */
  static final String NAME = "simulated";

  private final SimulatedJournal journal;
  private final PlantedFault planted;
  private final ErrorPolicy policy;
  private final GeneratedOperators operators;
  private final GeneratedInput input;
  private final FailingSink<Row> sink;
  private final SimulatedSink<DeadLetter> deadLetters = SimulatedSink.of(SinkGuarantee.IDEMPOTENT);
  private final SimulatedSink<LateEvent> lateEvents = SimulatedSink.of(SinkGuarantee.IDEMPOTENT);
  private final LocalQuery query;
  private final long eventsPerEpoch;

  GeneratedScenario(GeneratedBy by, SimulatedJournal journal, PlantedFault planted) {
    Dice dice = by.query();
    this.journal = journal;
    this.planted = planted;
    this.policy = policy(dice);
    boolean throwsAtEvents = policy.action() != ErrorPolicy.Action.FAIL;
    boolean flaky =
        policy.action() != ErrorPolicy.Action.PARK
            && (policy.retries() > 0 || !throwsAtEvents)
            && dice.coin();
    this.operators = GeneratedOperators.of(dice, flaky, throwsAtEvents, by.isComplete());
    this.input =
        GeneratedInput.of(
            by,
            operators.needWatermark() || dice.perMille(100),
            throwsAtEvents ? dice.oneOf(0, 30, 150, 400) : 0,
            policy.action() == ErrorPolicy.Action.DEAD_LETTER,
            operators.duplicates() != Duplicates.KEPT);
    this.sink = sink(dice);
    this.eventsPerEpoch = dice.oneOf(1, 2, 5, 20);
    Trigger trigger = trigger(dice);
    long recordBytes = dice.oneOf(70, 200, 500, 1_000_000);
    JournalLimits limits =
        new JournalLimits(
            dice.oneOf(300, 3_000, 1_000_000),
            recordBytes,
            recordBytes * dice.oneOf(1, 3),
            dice.coin());
    LocalQuery correct =
        LocalQueries.of(
            PlanCapture.of(NAME, start -> builder(start, trigger, Connectors.DIRECT)),
            by.clock(),
            dice.between(1, 3),
            limits,
            by.isComplete() ? dice.oneOf(1, 1, 3) : dice.oneOf(1, 3, 100));
    this.query =
        new LocalQuery(
            planted.prepared(correct.prepared()),
            correct.clock(),
            correct.shards(),
            limits,
            correct.callsAtOnce());
  }

  private FailingSink<Row> sink(Dice dice) {
    SinkGuarantee guarantee = dice.oneOf(SinkGuarantee.values());
    return guarantee == SinkGuarantee.AT_LEAST_ONCE || dice.coin()
        ? SimulatedSink.of(guarantee)
        : new SimulatedRanges<>(guarantee, this::committedEpoch);
  }

  private long committedEpoch() {
    return JournalChecks.recoverQuery(journal).knownLedger().committedEpoch();
  }

  /** Returns the query in words. */
  String description() {
    return "a query of %s, %s, %s, %s, %s at once, %d shards, %s"
        .formatted(
            input.description(),
            operators.description(),
            query.prepared().plan().trigger().getClass().getSimpleName(),
            policy,
            eventsPerEpoch,
            query.shards(),
            sink.description());
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

  /**
   * Returns the query as its users write it.
   *
   * @param connectors lie between the query and its sources and sink
   */
  QueryBuilder builder(QueryStart start, Trigger trigger, Connectors connectors) {
    return operators
        .rows(input, start, connectors)
        .to(connectors.around(sink))
        .onError(policy)
        .deadLettersTo(deadLetters)
        .lateEventsTo(lateEvents)
        .trigger(trigger)
        .watermarkPolicy(input.policy())
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
    return input.feed(dice);
  }

  @Override
  public boolean isFed() {
    return input.isFed();
  }

  @Override
  public boolean isRead(Offsets offsets) {
    return offsets.asMap().equals(input.ends().asMap());
  }

  @Override
  public List<SimulatedSource<?>> sources() {
    return input.branches().stream()
        .<SimulatedSource<?>>map(GeneratedInput.Branch::source)
        .toList();
  }

  @Override
  public List<? extends FailingSink<?>> sinks() {
    return List.of(sink, deadLetters, lateEvents);
  }

  @Override
  public boolean loseRows(Dice dice) {
    return sink instanceof SimulatedRanges<Row> ranges && ranges.lose(dice);
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
    RunEndChecks.check(finished);
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

  GeneratedInput input() {
    return input;
  }

  GeneratedOperators operators() {
    return operators;
  }

  /** Returns the watermarks of the query: those of the sources, then that of rows. */
  List<WatermarkStrategy> watermarks() {
    List<WatermarkStrategy> all = new ArrayList<>(input.watermarks());
    if (operators.after() == After.SECOND_IN_EVENT_TIME) {
      all.add(WatermarkStrategy.delay(Duration.ofMillis(operators.rowDelayMillis())));
    }
    return all;
  }

  FailingSink<Row> sink() {
    return sink;
  }

  SimulatedSink<DeadLetter> deadLetters() {
    return deadLetters;
  }

  SimulatedSink<LateEvent> lateEvents() {
    return lateEvents;
  }

  ErrorPolicy policy() {
    return policy;
  }
}
