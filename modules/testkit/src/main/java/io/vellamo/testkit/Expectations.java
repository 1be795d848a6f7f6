package io.vellamo.testkit;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StateCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
          List<GroupRow> found = run.takeRows();
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
          Map<GroupKey, GroupEntry> groups = run.shard().groups();
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
