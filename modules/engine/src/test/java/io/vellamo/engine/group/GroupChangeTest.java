package io.vellamo.engine.group;

import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupChange.Effect;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GroupChangeTest {
  /** Two changes that can follow each other, and the entry before them. */
  record Pair(GroupEntry before, GroupChange first, GroupChange second) {}

  @ParameterizedTest
  @MethodSource("pairs")
  void then_isTheSameAsOneAfterTheOther(Pair pair) {
    GroupEntry afterBoth = pair.second.applyTo(pair.first.applyTo(pair.before));

    assertThat(pair.first.then(pair.second).applyTo(pair.before)).isEqualTo(afterBoth);
  }

  @Test
  void then_hasTheRowsOfBothInOrder() {
    GroupChange first = change(Effect.STATE, 1, null, "a", "b");
    GroupChange second = change(Effect.NONE, null, null, "c");

    assertThat(first.then(second).rows())
        .extracting(TestCodecs.ROWS::read)
        .containsExactly("a", "b", "c");
  }

  static Stream<Pair> pairs() {
    List<GroupEntry> befores = List.of(GroupEntry.EMPTY, entry(7, null), entry(7, 70L));
    List<GroupChange> changes =
        List.of(
            change(Effect.NONE, null, null),
            change(Effect.STATE, 1, 10L),
            change(Effect.STATE, 2, null),
            change(Effect.TIMEOUT, null, 20L),
            change(Effect.TIMEOUT, null, null),
            change(Effect.TIMEOUT_WITHOUT_STATE, null, 30L),
            change(Effect.REMOVED, null, null));
    return befores.stream()
        .flatMap(
            before ->
                changes.stream()
                    .flatMap(
                        first -> changes.stream().map(second -> new Pair(before, first, second))))
        .filter(
            pair ->
                isPossible(pair.before, pair.first)
                    && isPossible(pair.first.applyTo(pair.before), pair.second));
  }

  /** A timeout beside a state needs the state. */
  private static boolean isPossible(GroupEntry before, GroupChange change) {
    return change.effect() != Effect.TIMEOUT || before.state() != null;
  }

  private static GroupChange change(
      Effect effect, @Nullable Integer state, @Nullable Long timeoutMillis, String... rows) {
    return new GroupChange(
        key("k"),
        effect,
        state == null ? null : TestCodecs.NUMBERS.write(state),
        timeoutMillis,
        Stream.of(rows).map(TestCodecs.ROWS::write).toList());
  }
}
