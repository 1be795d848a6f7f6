package io.vellamo.connectors.foreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import io.vellamo.testkit.contract.SinkContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ForeachSinkTest extends SinkContract<String> {
  private final List<String> calls = new ArrayList<>();

  @Override
  protected RowSink<String> createSink() {
    return Foreach.each(calls::add);
  }

  @Override
  protected String row(int number) {
    return "row " + number;
  }

  @Override
  protected List<String> written() {
    return calls;
  }

  @Test
  void q08_writer_ofTheUser_isCalledInOrder() throws Exception {
    SinkWriter<String> writer = open(Foreach.sink(new Recorder()));

    writer.write(ListEpochRows.of("q", 1, "a", "b"));
    writer.write(ListEpochRows.of("q", 2));

    assertThat(calls)
        .containsExactly("open 1", "process a", "process b", "close null", "open 2", "close null");
  }

  @Test
  void writer_thatDeclinesAnEpoch_getsNoRowsButIsClosed() throws Exception {
    Recorder declining = new Recorder();
    declining.wanted = false;

    open(Foreach.sink(declining)).write(ListEpochRows.of("q", 1, "a"));

    assertThat(calls).containsExactly("open 1", "close null");
  }

  @Test
  void q10_writer_thatFailsOnARow_isClosedWithTheError() {
    Recorder failing = new Recorder();
    failing.processFailure = new IOException("disk");
    failing.closeFailure = new IOException("second");

    assertThatThrownBy(() -> open(Foreach.sink(failing)).write(ListEpochRows.of("q", 1, "a", "b")))
        .isSameAs(failing.processFailure)
        .hasSuppressedException(failing.closeFailure);
    assertThat(calls).containsExactly("open 1", "process a", "close java.io.IOException: disk");
  }

  @Test
  void writer_thatFailsToClose_failsTheEpoch() {
    Recorder failing = new Recorder();
    failing.closeFailure = new IOException("flush");

    assertThatThrownBy(() -> open(Foreach.sink(failing)).write(ListEpochRows.of("q", 1, "a")))
        .isSameAs(failing.closeFailure);
    assertThat(calls).containsExactly("open 1", "process a", "close null");
  }

  @Test
  void consumer_thatFails_failsTheEpoch() {
    ForeachSink<String> sink =
        Foreach.each(
            row -> {
              throw new IOException("gone");
            });

    assertThatThrownBy(() -> open(sink).write(ListEpochRows.of("q", 1, "a"))).hasMessage("gone");
  }

  @Test
  void guarantee_isAtLeastOnceUnlessTheUserStatesMore() {
    ForeachSink<String> sink = Foreach.each(calls::add);

    assertThat(sink.guarantee()).isEqualTo(SinkGuarantee.AT_LEAST_ONCE);
    assertThat(sink.idempotent().guarantee()).isEqualTo(SinkGuarantee.IDEMPOTENT);
  }

  private static SinkWriter<String> open(ForeachSink<String> sink) {
    return sink.open(new SinkContext("q", new UUID(1, 1), 0));
  }

  private final class Recorder implements ForeachWriter<String> {
    private boolean wanted = true;
    private @Nullable Exception processFailure;
    private @Nullable Exception closeFailure;

    @Override
    public boolean open(long epoch) {
      calls.add("open " + epoch);
      return wanted;
    }

    @Override
    public void process(String row) throws Exception {
      calls.add("process " + row);
      if (processFailure != null) {
        throw processFailure;
      }
    }

    @Override
    public void close(@Nullable Throwable error) throws Exception {
      calls.add("close " + error);
      if (closeFailure != null) {
        throw closeFailure;
      }
    }
  }
}
