package io.vellamo.testkit.simulation;

import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.testkit.contract.ParallelSinkContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** A simulated sink that is written in ranges keeps the laws of such sinks. */
final class SimulatedRangesTest {
  private abstract static class Ranges extends ParallelSinkContract<String> {
    private final SinkGuarantee guarantee;
    // Set before each test.
    private SimulatedRanges<String> sink;

    Ranges(SinkGuarantee guarantee) {
      this.guarantee = guarantee;
      this.sink = new SimulatedRanges<>(guarantee, () -> Long.MAX_VALUE);
    }

    @Override
    protected ParallelSink<String> createSink() {
      sink = new SimulatedRanges<>(guarantee, () -> Long.MAX_VALUE);
      return sink;
    }

    @Override
    protected String row(int number) {
      return "row " + number;
    }

    @Override
    protected List<String> written() {
      return sink.rows();
    }
  }

  @Nested
  final class Transactional extends Ranges {
    Transactional() {
      super(SinkGuarantee.TRANSACTIONAL);
    }
  }

  @Nested
  final class Idempotent extends Ranges {
    Idempotent() {
      super(SinkGuarantee.IDEMPOTENT);
    }
  }
}
