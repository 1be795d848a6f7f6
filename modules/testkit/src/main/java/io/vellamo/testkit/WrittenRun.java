package io.vellamo.testkit;

import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.EpochSummary;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A script run as written. The machine of queries decides on its epochs, including those without
 * data.
 */
final class WrittenRun implements ScriptQuery.Epochs {
  private final Script script;
  private final HarnessShard shard;
  private final ScriptQuery query;
  private final List<SnapshotPart.Group> given = new ArrayList<>();
  private final List<WrittenEpoch> epochs = new ArrayList<>();
  private final List<ScriptedEvent> pending = new ArrayList<>();
  private final List<GroupRow> newRows = new ArrayList<>();
  private long newLate;
  private ScriptStep current;
  private ScriptStep lastEvent;
  // Set while the watermark is to be moved.
  private @Nullable Instant moved;

  // Of the epoch that runs.
  private ScriptStep step;
  private @Nullable RoutedEpoch routed;
  private EpochOutcome outcome = EpochOutcome.none();

  private WrittenRun(Script script) {
    this.script = script;
    this.shard = new HarnessShard(script, HarnessMode.AS_WRITTEN);
    this.current = new ScriptStep(0, "start", run -> {});
    this.lastEvent = current;
    this.step = current;
    this.query = new ScriptQuery(script.query(), script.start().toEpochMilli(), this);
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

  /** Returns a group's entry as the next call would see it. */
  GroupEntry entry(@Nullable Object key) {
    GroupKey written = script.operator().keyCodec().write(key);
    return script.visible(written, shard.entry(written), query.times());
  }

  /** Returns the groups that are kept, each as its next call would see it. */
  Map<GroupKey, GroupEntry> groups() {
    Map<GroupKey, GroupEntry> groups = new LinkedHashMap<>();
    shard
        .groups()
        .forEach(
            (key, entry) -> {
              GroupEntry visible = script.visible(key, entry, query.times());
              if (!visible.isEmpty()) {
                groups.put(key, visible);
              }
            });
    return groups;
  }

  void event(ScriptedEvent event) {
    pending.add(event);
    lastEvent = current;
  }

  /** Runs the events since the last epoch as one epoch. */
  void endEpoch() {
    if (!pending.isEmpty()) {
      query.run(pending.size());
    }
  }

  /** Runs the pending events, then every epoch that follows without further events. */
  void settle() {
    endEpoch();
    query.settle();
  }

  /** Moves the watermark, as an event of another group does. */
  void advanceWatermark(Instant to) {
    settle();
    Watermark watermark = query.watermark();
    if (Millis.of(to) < watermark.millis()) {
      throw new AssertionError(
          "%s: the watermark must not go back, it is [%s] and was to be [%s]"
              .formatted(where(), watermark, to));
    }
    moved = to;
    query.run(1);
    moved = null;
    settle();
  }

  void advanceProcessingTime(Duration by) {
    settle();
    query.advance(by.toMillis());
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
   * Removes a row from those since the last call of {@link #takeRows}; returns whether it was
   * there.
   */
  boolean takeRow(GroupRow wanted) {
    for (GroupRow row : newRows) {
      if (row.sameAs(wanted)) {
        return newRows.remove(row);
      }
    }
    return false;
  }

  /** Returns the rows since the last call of {@link #takeRows}. */
  List<GroupRow> rows() {
    return List.copyOf(newRows);
  }

  @Override
  public Set<Integer> withInitialRows() {
    return script.initial().isEmpty() ? Set.of() : Set.of(0);
  }

  @Override
  public ShardReply open() {
    return shard.open();
  }

  @Override
  public EpochSummary read(EpochPlan plan) {
    step = pending.isEmpty() ? current : lastEvent;
    RoutedEpoch events = script.route(pending, plan);
    routed = events;
    outcome = EpochOutcome.none();
    ShardEvents ofShard = events.shards().get(0);
    return new EpochSummary(
        events.events(),
        events.eventTimes(),
        events.late(),
        seen(events),
        ofShard == null ? Map.of() : Map.of(0, ofShard.size()));
  }

  /**
   * Returns the event times as the query's watermark, which has no delay, sees them: less the delay
   * of the script, or none if events don't move the watermark.
   */
  private List<SeenTimes> seen(RoutedEpoch events) {
    List<SeenTimes> seen = new ArrayList<>();
    for (SeenTimes of : events.seen()) {
      seen.add(new SeenTimes(of.events(), of.future(), newest(of.newest())));
    }
    if (seen.isEmpty() && moved != null) {
      seen.add(new SeenTimes(1, 0, newest(null)));
    }
    return seen;
  }

  private @Nullable NewestEventTime newest(@Nullable NewestEventTime ofEvents) {
    Watermark after = Watermark.NONE;
    if (script.delayMillis() != null && ofEvents != null) {
      after = after.advance(ofEvents.millis(), script.delayMillis());
    }
    if (moved != null) {
      after = after.advance(Millis.of(moved), 0);
    }
    return after.isKnown() ? new NewestEventTime(after.millis(), GroupBatch.NO_RANGE, 0) : null;
  }

  @Override
  public ShardReply run(ShardRequest.RunEpoch request) {
    ShardReply reply = shard.run(whereEpoch(), request, epoch());
    outcome = shard.outcome();
    return reply;
  }

  @Override
  public long written(EpochPlan plan) {
    RoutedEpoch events = epoch();
    long late = events.events().late();
    outcome.requireAccounted(whereEpoch(), pending.size(), late);
    pending.clear();
    newRows.addAll(outcome.rows());
    newLate += late;
    if (!outcome.groups().isEmpty()) {
      epochs.add(new WrittenEpoch(step, plan.times(), accepted(events), outcome));
    }
    return outcome.rows().size();
  }

  private String whereEpoch() {
    return where(HarnessMode.AS_WRITTEN, step);
  }

  private RoutedEpoch epoch() {
    return Objects.requireNonNull(routed, "routed");
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
