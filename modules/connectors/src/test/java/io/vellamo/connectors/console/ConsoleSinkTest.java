package io.vellamo.connectors.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import io.vellamo.testkit.contract.SinkContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ConsoleSinkTest extends SinkContract<String> {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Override
  protected RowSink<String> createSink() {
    return Console.sink(new PrintStream(printed, true, UTF_8));
  }

  @Override
  protected String row(int number) {
    return "row " + number;
  }

  @Override
  protected List<String> written() {
    return printed.toString(UTF_8).lines().toList();
  }

  @Test
  void formatter_ofTheUser_makesTheText() throws Exception {
    ConsoleSink<Integer> sink =
        Console.sink(new PrintStream(printed, true, UTF_8)).withFormatter(row -> "<" + row + ">");

    sink.open(context()).write(ListEpochRows.of("q", 1, 7));

    assertThat(written()).containsExactly("<7>");
  }

  @Test
  void wholeResult_hasALineWithItsEpoch() throws Exception {
    SinkWriter<String> writer =
        Console.<String>sink(new PrintStream(printed, true, UTF_8))
            .open(new SinkContext("q", new UUID(1, 1), 0, OutputMode.COMPLETE));

    writer.write(ListEpochRows.of("q", 4, "a", "b"));
    writer.write(ListEpochRows.of("q", 6));

    assertThat(written()).containsExactly("-- epoch 4, 2 rows", "a", "b", "-- epoch 6, 0 rows");
  }

  @Test
  void stream_thatIsBroken_failsTheEpoch() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    SinkWriter<String> writer =
        Console.<String>sink(new PrintStream(broken, true, UTF_8)).open(context());

    assertThatThrownBy(() -> writer.write(ListEpochRows.of("q", 3, "a")))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Console must take the rows of epoch [3], but its stream is broken; see whether its"
                + " reader has ended");
  }

  private static SinkContext context() {
    return new SinkContext("q", new UUID(1, 1), 0);
  }
}
