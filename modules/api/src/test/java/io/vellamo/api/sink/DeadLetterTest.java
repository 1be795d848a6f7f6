package io.vellamo.api.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.sink.DeadLetter.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of a dead letter may reach a log. */
final class DeadLetterTest {
  @Test
  void text_ofAnEvent_hasPositionKeyAndReason_neverEventOrMessage() {
    DeadLetter letter =
        new DeadLetter(
            Optional.of(new Position("clicks-0", 7)),
            3,
            "the function threw [X]",
            Optional.of("anna"),
            Optional.of("X"),
            Optional.of("secret message"),
            Optional.of("secret event"),
            Optional.empty());

    assertThat(letter).hasToString("DeadLetter[clicks-0@7, group [anna]: the function threw [X]]");
  }

  @Test
  void text_ofATimeout_saysSo() {
    DeadLetter letter =
        new DeadLetter(
            Optional.empty(),
            3,
            "the function threw [X] in a call without events",
            Optional.of("anna"),
            Optional.of("X"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(letter)
        .hasToString("DeadLetter[group [anna]: the function threw [X] in a call without events]");
  }

  @Test
  void text_ofAnEntry_hasPositionAndReason_neverTheEntry() {
    DeadLetter letter =
        DeadLetter.ofEntry(new Position("a.jsonl", 9), 1, "must be JSON", Optional.of("secret"));

    assertThat(letter).hasToString("DeadLetter[a.jsonl@9: must be JSON]");
  }
}
