package io.vellamo.testkit;

import io.vellamo.api.process.MapVariable;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.Variable;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.TimedRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The expectations of a script. Each runs the pending epochs first. */
final class Expectations {
  private Expectations() {}

  static ScriptStep.Action rows(List<Object> expected) {
    return settled(
        run -> {
          List<GroupRow> wanted =
              expected.stream()
                  .map(row -> GroupRow.of(row, run.script().operator().rowCodec()))
                  .toList();
          List<GroupRow> found = run.takeRows().stream().map(GroupRow::withoutTime).toList();
          if (!GroupRow.sameInAnyOrder(wanted, found)) {
            throw new AssertionError(
                "%s: rows must be %s in any order, were %s; missing %s, unexpected %s"
                    .formatted(
                        run.where(),
                        wanted,
                        found,
                        GroupRow.without(wanted, found),
                        GroupRow.without(found, wanted)));
          }
        });
  }

  static ScriptStep.Action rowAt(Object expected, Instant time) {
    return settled(
        run -> {
          TimedRow timed = new TimedRow(expected, time);
          GroupRow wanted = GroupRow.of(timed, run.script().operator().rowCodec());
          if (!run.takeRow(wanted)) {
            throw new AssertionError(
                "%s: rows must contain [%s], were %s".formatted(run.where(), wanted, run.rows()));
          }
        });
  }

  /** Expects the value of a variable, as the only one if it has one, or the elements of a list. */
  static ScriptStep.Action values(@Nullable Object key, Variable variable, List<Object> expected) {
    return ofVariables(
        key,
        "[%s]".formatted(variable.name()),
        variables -> variables.shown(variable, expected),
        (variables, group) -> variables.shown(variable, variables.values(group, variable)));
  }

  static ScriptStep.Action map(
      @Nullable Object key, MapVariable<?, ?> variable, Map<Object, Object> expected) {
    return ofVariables(
        key,
        "[%s]".formatted(variable.name()),
        variables -> variables.shown(variable, expected),
        (variables, group) -> variables.shown(variable, variables.map(group, variable)));
  }

  static ScriptStep.Action timers(@Nullable Object key, TimerName name, List<Instant> expected) {
    return ofVariables(
        key,
        "times of the timers [%s]".formatted(name.name()),
        variables -> expected.stream().sorted().toList(),
        (variables, group) -> variables.timers(group, name).stream().map(Timer::time).toList());
  }

  static ScriptStep.Action timersByTag(
      @Nullable Object key, TimerName name, Map<String, Instant> expected) {
    return ofVariables(
        key,
        "timers [%s]".formatted(name.name()),
        variables -> tagged(expected.entrySet().stream().map(each -> timer(name, each)).toList()),
        (variables, group) -> tagged(variables.timers(group, name)));
  }

  private static Timer timer(TimerName name, Map.Entry<String, Instant> tagged) {
    return new Timer(name, Optional.of(tagged.getKey()), tagged.getValue());
  }

  private static String tagged(List<Timer> timers) {
    Comparator<Timer> byTime = Comparator.comparing(Timer::time);
    return HarnessVariables.text(
        timers.stream().sorted(byTime.thenComparing(timer -> timer.tag().orElse(""))).toList());
  }

  /** Expects a value that is read from a group's variables. */
  private static ScriptStep.Action ofVariables(
      @Nullable Object key,
      String what,
      Function<HarnessVariables, Object> expected,
      BiFunction<HarnessVariables, GroupEntry, Object> read) {
    return settled(
        run -> {
          HarnessVariables variables = Objects.requireNonNull(run.script().variables());
          Object found = read.apply(variables, run.entry(key));
          Object wanted = expected.apply(variables);
          if (!wanted.equals(found)) {
            throw unlike(run, "%s of group [%s]".formatted(what, key), wanted, found);
          }
        });
  }

  static ScriptStep.Action state(@Nullable Object key, @Nullable Object expected) {
    return settled(
        run -> {
          GroupEntry found = run.entry(key);
          StateCodec<Object> codec = run.script().operator().stateCodec();
          byte[] wanted = expected == null ? null : codec.write(expected);
          GroupEntry likeFound = GroupEntry.of(wanted, found.timeoutMillis());
          if (!run.script().same(likeFound, found)) {
            throw unlike(
                run,
                "state of group [%s]".formatted(key),
                run.script().stateText(likeFound),
                run.script().stateText(found));
          }
        });
  }

  static ScriptStep.Action timeout(@Nullable Object key, @Nullable Instant expected) {
    return settled(
        run -> {
          GroupEntry found = run.entry(key);
          Long wanted = expected == null ? null : expected.toEpochMilli();
          if (!Objects.equals(wanted, found.timeoutMillis())) {
            throw unlike(
                run,
                "timeout of group [%s]".formatted(key),
                Script.timeoutText(GroupEntry.of(null, wanted)),
                Script.timeoutText(found));
          }
        });
  }

  static ScriptStep.Action nothingKept() {
    return settled(
        run -> {
          Map<GroupKey, GroupEntry> groups = run.groups();
          if (!groups.isEmpty()) {
            Map.Entry<GroupKey, GroupEntry> first = groups.entrySet().iterator().next();
            throw new AssertionError(
                ("%s: nothing must be kept of any group, [%d] are, such as [%s] with [%s];"
                        + " remove the state of a group that has ended")
                    .formatted(
                        run.where(),
                        groups.size(),
                        run.script().operator().keyCodec().read(first.getKey()),
                        run.script().text(first.getValue())));
          }
        });
  }

  static ScriptStep.Action late(long expected) {
    return settled(
        run -> {
          long found = run.takeLate();
          if (found != expected) {
            throw unlike(run, "number of late events", expected, found);
          }
        });
  }

  private static ScriptStep.Action settled(ScriptStep.Action check) {
    return run -> {
      run.settle();
      check.on(run);
    };
  }

  private static AssertionError unlike(WrittenRun run, String what, Object wanted, Object found) {
    return new AssertionError(
        "%s: %s must be [%s], was [%s]".formatted(run.where(), what, wanted, found));
  }
}
