package io.vellamo.testkit;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a script's epochs in another mode, compared with the run as written. */
final class ModeRun {
  /** A group's rows over the whole script. */
  private record RowsOfGroup(
      @Nullable Object userKey, List<GroupRow> written, List<GroupRow> found) {}

  private final Script script;
  private final HarnessMode mode;
  private final HarnessShard shard;
  private final Map<GroupKey, RowsOfGroup> rows = new LinkedHashMap<>();

  private ModeRun(Script script, HarnessMode mode) {
    this.script = script;
    this.mode = mode;
    this.shard = new HarnessShard(script, mode);
  }

  /** Fails if a mode gives other results than the script as written. */
  static void compare(WrittenRun written, HarnessMode mode) {
    ModeRun run = new ModeRun(written.script(), mode);
    written.given().forEach(run.shard::give);
    for (List<WrittenEpoch> epochs : run.divide(written.epochs())) {
      run.compare(epochs);
    }
    run.compareRows();
  }

  /** Returns the epochs in lists, each of which this mode runs as one epoch. */
  private List<List<WrittenEpoch>> divide(List<WrittenEpoch> epochs) {
    List<List<WrittenEpoch>> divided = new ArrayList<>();
    for (int i = 0; i < epochs.size(); i++) {
      boolean joins =
          mode == HarnessMode.BATCHED && i > 0 && epochs.get(i - 1).isOneWith(epochs.get(i));
      if (!joins) {
        divided.add(new ArrayList<>());
      }
      divided.get(divided.size() - 1).add(epochs.get(i));
    }
    return divided;
  }

  private void compare(List<WrittenEpoch> epochs) {
    ScriptStep step = epochs.get(epochs.size() - 1).step();
    String where = WrittenRun.where(mode, step);
    List<ScriptedEvent> events = epochs.stream().flatMap(epoch -> epoch.events().stream()).toList();
    EpochOutcome written = EpochOutcome.inOne(epochs.stream().map(WrittenEpoch::outcome).toList());
    EpochTimes times = timesOf(epochs.get(0));
    EpochOutcome found = shard.run(where, portions(events, times, epochs.get(0).isWhole()), times);
    found.requireAccounted(where, events.size(), 0);
    for (GroupEffects group : written.groups().values()) {
      compare(where, group, found.group(group.key()));
    }
  }

  /**
   * Returns an epoch's times without its late watermark: late events are already dropped, and a
   * different division into epochs must not change which events are late.
   */
  private static EpochTimes timesOf(WrittenEpoch epoch) {
    EpochTimes times = epoch.times();
    return new EpochTimes(
        times.epoch(), times.processingTimeMillis(), times.watermark(), Watermark.NONE);
  }

  private List<RoutedEpoch> portions(List<ScriptedEvent> events, EpochTimes times, boolean whole) {
    if (mode != HarnessMode.ONE_BY_ONE || whole || events.isEmpty()) {
      return List.of(script.route(events, times));
    }
    return events.stream().map(event -> script.route(List.of(event), times)).toList();
  }

  private void compare(String where, GroupEffects written, @Nullable GroupEffects found) {
    if (found == null || found.timedOut() != written.timedOut()) {
      throw differs(
          where, written, "calls", reason(written), found == null ? "no call" : reason(found));
    }
    if (mode.changesCalls()) {
      RowsOfGroup ofGroup =
          rows.computeIfAbsent(
              written.key(),
              key -> new RowsOfGroup(written.userKey(), new ArrayList<>(), new ArrayList<>()));
      ofGroup.written.addAll(written.rows());
      ofGroup.found.addAll(found.rows());
    } else if (!GroupRow.sameInOrder(written.rows(), found.rows())) {
      throw differs(where, written, "rows", written.rows().toString(), found.rows().toString());
    }
    if (!script.same(written.after(), found.after())) {
      throw differs(
          where,
          written,
          script.contents(),
          script.text(written.after()),
          script.text(found.after()));
    }
  }

  private void compareRows() {
    for (RowsOfGroup group : rows.values()) {
      if (!script.rowRule().isSame(group.written, group.found)) {
        throw new AssertionError(
            message(
                "Mode [%s], whole script".formatted(mode),
                "%s of group [%s]".formatted(script.rowRule(), group.userKey),
                group.written.toString(),
                group.found.toString()));
      }
    }
  }

  private AssertionError differs(
      String where, GroupEffects group, String what, String written, String found) {
    return new AssertionError(
        message(where, "%s of group [%s]".formatted(what, group.userKey()), written, found));
  }

  private String message(String where, String what, String written, String found) {
    return ("%s: %s must be as written, [%s], were [%s]; likely %s."
            + " If that is meant to be: exceptMode(%s, reason)")
        .formatted(where, what, written, found, mode.likelyCause(), mode);
  }

  private static String reason(GroupEffects group) {
    return group.timedOut() ? "a timeout" : "events";
  }
}
