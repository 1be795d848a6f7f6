package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Writes of a simulated sink that fail after some rows. */
class SimulatedSinkTest {
  @Test
  void idempotent_failedWrite_keepsSomeRows_andTheNextCompletesThem() throws Exception {
    SimulatedSink<String> sink = SimulatedSink.of(SinkGuarantee.IDEMPOTENT);

    failAfterOne(sink);
    assertThat(sink.rows()).containsExactly("a");
    write(sink);
    assertThat(sink.rows()).containsExactly("a", "b", "c");
  }

  @Test
  void idempotent_failedWriteOfAnEpochThatIsThere_removesNothing() throws Exception {
    SimulatedSink<String> sink = SimulatedSink.of(SinkGuarantee.IDEMPOTENT);
    write(sink);

    failAfterOne(sink);

    assertThat(sink.rows()).containsExactly("a", "b", "c");
  }

  @Test
  void atLeastOnce_failedWrite_keepsSomeRows_andTheNextRepeatsThem() throws Exception {
    SimulatedSink<String> sink = SimulatedSink.of(SinkGuarantee.AT_LEAST_ONCE);

    failAfterOne(sink);
    write(sink);

    assertThat(sink.rows()).containsExactly("a", "a", "b", "c");
  }

  @Test
  void transactional_failedWrite_isRolledBack() throws Exception {
    SimulatedSink<String> sink = SimulatedSink.of(SinkGuarantee.TRANSACTIONAL);

    failAfterOne(sink);
    assertThat(sink.rows()).isEmpty();
    write(sink);
    assertThat(sink.rows()).containsExactly("a", "b", "c");
  }

  private static void failAfterOne(SimulatedSink<String> sink) {
    sink.failAfter(1);
    assertThatThrownBy(() -> write(sink))
        .isInstanceOf(SimulatedFailure.class)
        .hasMessageStartingWith("simulated failure after");
    sink.failAfter(FailingSink.NEVER);
  }

  private static void write(SimulatedSink<String> sink) throws Exception {
    try (SinkWriter<String> writer = sink.open(new SinkContext("query", new UUID(0, 1), 0))) {
      writer.write(ListEpochRows.of("query", 1, "a", "b", "c"));
    }
  }
}
