package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.io.ListSink;
import io.vellamo.engine.io.ListSource;
import io.vellamo.engine.io.TestQueries;
import io.vellamo.engine.pipeline.PreparedQuery;
import org.junit.jupiter.api.Test;

/** The groups that a key of a user's request names. */
final class ParkTargetTest {
  private final PreparedQuery query =
      TestQueries.prepare(
          TestQueries.plan(
              "orders",
              TestQueries.then(
                  TestQueries.upstream(ListSource.of("source")),
                  TestQueries.groups("first", GroupStateTimeout.NONE),
                  TestQueries.groups("second", GroupStateTimeout.NONE)),
              ListSink.of("sink"),
              Trigger.asap()));

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
}
