package io.vellamo.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveBlockTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(out, true, UTF_8);

  @Test
  void lines_drawnAgain_replaceThoseBefore() {
    LiveBlock block = new LiveBlock(stream, 80, 24);

    block.show(List.of("a", "b"));
    block.show(List.of("c"));
    block.show(List.of("d", "e"));

    assertThat(out.toString(UTF_8))
        .isEqualToNormalizingNewlines(
            """
            \r\u001b[Ja
            b
            \u001b[2A\r\u001b[Jc
            \u001b[1A\r\u001b[Jd
            e
            """);
  }

  @Test
  void line_longerThanTheTerminal_isCutOff() {
    LiveBlock block = new LiveBlock(stream, 5, 24);

    block.show(List.of("1234", "12345"));

    assertThat(out.toString(UTF_8)).isEqualToNormalizingNewlines("\r\u001b[J1234\n1234\n");
  }

  @Test
  void lines_thatDoNotFitOnTheScreen_areCounted() {
    LiveBlock block = new LiveBlock(stream, 80, 4);

    block.show(List.of("a", "b", "c"));
    block.show(List.of("d", "e", "f", "g"));

    assertThat(out.toString(UTF_8))
        .isEqualToNormalizingNewlines(
            """
            \r\u001b[Ja
            b
            c
            \u001b[3A\r\u001b[Jd
            e
            … and 2 more lines; enlarge the window
            """);
  }

  @Test
  void block_withoutTerminal_isRefused() {
    Terminal terminal = Terminal.of(stream, stream);

    assertThatIllegalStateException()
        .isThrownBy(terminal::liveBlock)
        .withMessage(
            "The output must be an interactive terminal, found [another stream]; print lines");
  }
}
