package io.vellamo.testkit;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.Decision;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochPlanner;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.RunSoFar;
import io.vellamo.engine.epoch.WatermarkRule;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A script run as written. The engine's planner decides on its epochs, including those without
 * data.
 */
final class WrittenRun {
  private static final SourcePartition PARTITION = new SourcePartition("script");

  private final Script script;
  private final HarnessShard shard;
  private final EpochPlanner planner;
  private final List<SnapshotPart.Group> given = new ArrayList<>();
  private final List<WrittenEpoch> epochs = new ArrayList<>();
  private final List<ScriptedEvent> pending = new ArrayList<>();
  private final List<GroupRow> newRows = new ArrayList<>();
  private QueryLedger ledger = QueryLedger.created(new UUID(0, 0), 1);
  private RunSoFar run = RunSoFar.NOTHING;
  private long nowMillis;
  private long newLate;
  private ScriptStep current;
  private ScriptStep lastEvent;

  private WrittenRun(Script script) {
    this.script = script;
    this.shard = new HarnessShard(script, HarnessMode.AS_WRITTEN);
    this.planner =
        new EpochPlanner(
            Trigger.asap(),
            script.operator().timeout() == GroupStateTimeout.EVENT_TIME,
            new WatermarkRule(List.of(), WatermarkPolicy.MIN));
    this.nowMillis = script.start().toEpochMilli();
    this.current = new ScriptStep(0, "start", run -> {});
    this.lastEvent = current;
  }

  /** Runs a script to its end and checks its expectations. */
  static WrittenRun of(Script script) {
    WrittenRun run = new WrittenRun(script);
    for (ScriptStep step : script.steps()) {
      run.current = step;
      step.action().on(run);
    }
    run.settle();
    return run;
  }

  Script script() {
    return script;
  }

  /** Returns the epochs so far in which the function was called. */
  List<WrittenEpoch> epochs() {
    return epochs;
  }

  /** Returns the groups that the script began with. */
  List<SnapshotPart.Group> given() {
    return given;
  }

  /** Returns the shard as the epochs so far left it. */
  HarnessShard shard() {
    return shard;
  }

  /** Returns the current mode and step, for messages. */
  String where() {
    return where(HarnessMode.AS_WRITTEN, current);
  }

  static String where(HarnessMode mode, ScriptStep step) {
    return "Mode [%s], step [%s]".formatted(mode, step);
  }

  void give(SnapshotPart.Group group) {
    given.add(group);
    shard.give(group);
  }

  GroupEntry entry(@Nullable Object key) {
    return shard.entry(script.operator().keyCodec().write(key));
  }

  void event(ScriptedEvent event) {
    pending.add(event);
    lastEvent = current;
  }

  /** Runs the events since the last epoch as one epoch. */
  void endEpoch() {
    if (!pending.isEmpty()) {
      run(null);
    }
  }

  /** Runs the pending events, then every epoch that follows without further events. */
  void settle() {
    endEpoch();
    while (runNext(List.of(), null)) {
      // Ends when the planner waits.
    }
  }

  void advanceWatermark(Instant to) {
    settle();
    Watermark watermark = ledger.nextWatermark();
    if (Millis.of(to) < watermark.millis()) {
      throw new AssertionError(
          "%s: the watermark must not go back, it is [%s] and was to be [%s]"
              .formatted(where(), watermark, to));
    }
    run(to);
    settle();
  }

  void advanceProcessingTime(Duration by) {
    settle();
    nowMillis = Math.addExact(nowMillis, by.toMillis());
    settle();
  }

  /** Returns the rows since the last call. */
  List<GroupRow> takeRows() {
    List<GroupRow> rows = List.copyOf(newRows);
    newRows.clear();
    return rows;
  }

  /** Returns the number of late events since the last call. */
  long takeLate() {
    long late = newLate;
    newLate = 0;
    return late;
  }

  /**
   * Runs the pending events and, given a moment, an event of another group that moves the watermark
   * there.
   */
  private void run(@Nullable Instant moved) {
    long from = ledger.offsets().of(PARTITION).orElse(0);
    long until = from + pending.size() + (moved == null ? 0 : 1);
    runNext(List.of(new OffsetRange(PARTITION, from, until)), moved);
  }

  private boolean runNext(List<OffsetRange> offered, @Nullable Instant moved) {
    Decision decision = planner.next(ledger, run, offered, shard.nextDue(), nowMillis);
    if (!(decision instanceof Decision.Run next)) {
      return false;
    }
    EpochPlan plan = next.plan();
    ledger = ledger.planned(plan);
    ScriptStep step = pending.isEmpty() ? current : lastEvent;
    RoutedEpoch routed = script.route(pending, plan.times());
    String where = where(HarnessMode.AS_WRITTEN, step);
    EpochOutcome outcome = shard.run(where, List.of(routed), plan.times());
    outcome.requireAccounted(where, pending.size(), routed.events().late());
    pending.clear();
    newRows.addAll(outcome.rows());
    newLate += routed.events().late();
    if (!outcome.groups().isEmpty()) {
      epochs.add(new WrittenEpoch(step, plan.times(), accepted(routed), outcome));
    }
    run = run.after(plan);
    Watermark watermark = watermarkAfter(plan.times().watermark(), routed, moved);
    ledger = ledger.committed(new EpochCommit(plan.epoch(), watermark, routed.events()));
    return true;
  }

  private Watermark watermarkAfter(Watermark before, RoutedEpoch routed, @Nullable Instant moved) {
    Watermark after = before;
    for (SeenTimes seen : routed.seen()) {
      NewestEventTime newest = seen.newest();
      if (script.delayMillis() != null && newest != null) {
        after = after.advance(newest.millis(), script.delayMillis());
      }
    }
    return moved == null ? after : after.advance(Millis.of(moved), 0);
  }

  /** Returns the events that are not late, in the order of the script. */
  private static List<ScriptedEvent> accepted(RoutedEpoch routed) {
    List<ScriptedEvent> events = new ArrayList<>();
    ShardEvents ofShard = routed.shards().get(0);
    if (ofShard != null) {
      ofShard.events().forEach(event -> events.add((ScriptedEvent) event));
    }
    events.sort(Comparator.comparingInt(ScriptedEvent::index));
    return events;
  }
}
