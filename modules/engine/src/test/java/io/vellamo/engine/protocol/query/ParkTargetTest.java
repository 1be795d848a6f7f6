package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.io.ListSink;
import io.vellamo.engine.io.ListSource;
import io.vellamo.engine.io.TestQueries;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The groups that a key of a user's request names. */
final class ParkTargetTest {
  private final PreparedQuery query = query();

  @Test
  void key_withoutOperator_isThatOfAGroupInEach() {
    assertThat(ParkTarget.of(query, "a"))
        .containsExactly(
            new ParkTarget(0, TestCodecs.key("a")), new ParkTarget(1, TestCodecs.key("a")));
  }

  @Test
  void key_withOperator_isThatOfItsGroup() {
    assertThat(ParkTarget.of(query, "second", "a"))
        .containsExactly(new ParkTarget(1, TestCodecs.key("a")));
  }

  @Test
  void key_ofAnotherType_isThatOfNoGroup() {
    assertThat(ParkTarget.of(query, 7)).isEmpty();
    assertThat(ParkTarget.of(query, "second", 7)).isEmpty();
  }

  @Test
  void operator_unknown_refusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParkTarget.of(query, "third", "a"))
        .withMessage(
            "operator must be one of the stateful operators of query [orders], [first, second], was"
                + " [third]");
  }

  private static PreparedQuery query() {
    QueryPlan plan =
        TestQueries.plan(
            "orders",
            TestQueries.then(
                TestQueries.upstream(ListSource.of("source")),
                TestQueries.groups("first", GroupStateTimeout.NONE),
                TestQueries.groups("second", GroupStateTimeout.NONE)),
            new ListSink("sink"),
            Trigger.asap());
    GroupOperator<?, ?, ?, ?> operator =
        new GroupOperator<>(
            GroupStateTimeout.NONE,
            false,
            new FunctionOperator<>((key, events, state) -> Collections.emptyIterator()),
            new OnlyTexts(),
            TestCodecs.NUMBERS,
            TestCodecs.ROWS);
    return PreparedQuery.of(
        plan, CompiledQuery.of(plan), List.of(operator, operator), TestCodecs.ROWS);
  }

  /** A codec that refuses keys of other types. */
  private static final class OnlyTexts implements KeyCodec {
    @Override
    public GroupKey write(@Nullable Object key) {
      if (key instanceof String) {
        return TestCodecs.KEYS.write(key);
      }
      throw new SerializationException("Integer", "must be a text", null);
    }

    @Override
    public @Nullable Object read(GroupKey key) {
      return TestCodecs.KEYS.read(key);
    }
  }
}
