package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.source.SourceException;
import io.vellamo.connectors.file.Opened.Letter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonLinesTest {
  record Item(int count, Optional<String> note) {}

  record Event(
      long id,
      Item item,
      List<Item> items,
      Map<String, Item> byName,
      Positive positive,
      Kind kind,
      Boolean done) {}

  enum Kind {
    PUSH,
    PULL
  }

  record Positive(int value) {
    Positive {
      if (value < 0) {
        throw new IllegalArgumentException("secret " + value);
      }
    }
  }

  record Times(Instant at, OffsetDateTime local, Duration took, Optional<Instant> end) {}

  interface Unbindable {}

  @TempDir Path folder;

  private <T> Opened<T> read(String text, Class<T> eventClass) throws Exception {
    Path file = Opened.write(folder.resolve("a.jsonl"), text);
    return Opened.bounded(JsonLines.source(file, eventClass)).everything();
  }

  @Test
  void times_areIsoText() throws Exception {
    Opened<Times> opened =
        read(
            "{\"at\":\"2026-11-22T10:00:00.5Z\",\"local\":\"2026-11-22T12:00:00+02:00\","
                + "\"took\":\"PT1.5S\"}",
            Times.class);

    assertThat(opened.events)
        .containsExactly(
            new Times(
                Instant.parse("2026-11-22T10:00:00.5Z"),
                OffsetDateTime.parse("2026-11-22T12:00:00+02:00"),
                Duration.ofMillis(1500),
                Optional.empty()));
  }

  @Test
  void property_thatTheClassDoesNotHave_isIgnored() throws Exception {
    Opened<Item> opened = read("{\"count\":1,\"note\":\"n\",\"more\":{\"x\":[1]}}", Item.class);

    assertThat(opened.events).containsExactly(new Item(1, Optional.of("n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '$',
      textBlock =
          """
          {"id":1                      | line must be well-formed, is broken at column [8]
          {"id":secret}                | line must be well-formed, is broken at column [7]
          {"id":1} {"id":2}            | line must hold one value, has more after it
          {"id":1}]                    | line must be well-formed, is broken at column [9]
          null                         | line must hold a [Event], was [null]
          [1]                          | line must be of type [Event], found an array
          {"id":"secret"}              | property [id] must be of type [long], found a text that is no number
          {"id":1.5}                   | property [id] must be of type [long], found a decimal number
          {}                           | property [id] must be of type [long], found nothing
          {"id":1,"item":{"count":{}}} | property [item.count] must be of type [int], found an object
          {"id":1,"items":[{"count":1},{"count":"secret"}]} | property [items[1].count] must be of type [int], found a text that is no number
          {"id":1,"byName":{"secret":{"count":"x"}}} | property [byName[*].count] must be of type [int], found a text that is no number
          {"id":99999999999999999999}  | property [id] must be of type [long], found a number out of its range
          {"id":1,"item":{"count":3000000000}} | property [item.count] must be of type [int], found a number out of its range
          {"id":1,"item":{"count":"3000000000"}} | property [item.count] must be of type [int], found a number out of its range
          {"id":1,"item":{"count":null}} | property [item.count] must be of type [int], found null
          {"id":1,"kind":"secret"}     | property [kind] must be one of [PUSH, PULL], found a text of [6] characters that is none
          {"id":1,"kind":1}            | property [kind] must be one of [PUSH, PULL], found a whole number
          {"id":1,"done":"secret"}     | property [done] must be of type [Boolean], found a text of [6] characters that is none
          {"id":1,"done":{}}           | property [done] must be of type [Boolean], found an object
          {"id":1,"positive":{"value":-5}} | property [positive] must be accepted by its class, which threw [java.lang.IllegalArgumentException]
          """)
  void line_thatIsNoEvent_isADeadLetterWithoutContentInItsReason(String line, String reason)
      throws Exception {
    Opened<Event> opened = read("{\"id\":7}\n" + line + "\n{\"id\":8}\n", Event.class);

    assertThat(opened.events).extracting(Event::id).containsExactly(7L, 8L);
    assertThat(opened.letters).containsExactly(new Letter(9, reason, line));
  }

  @Test
  void line_thatIsNotUtf8_isADeadLetter() throws Exception {
    byte[] line = "{\"count\":1,\"note\":\"?\"}\n".getBytes(UTF_8);
    line[19] = (byte) 0xff;
    Path file = Files.write(folder.resolve("a.jsonl"), line);

    Opened<Item> opened = Opened.endless(JsonLines.source(file, Item.class)).everything();

    assertThat(opened.letters)
        .containsExactly(
            new Letter(
                0,
                "line must be UTF-8, was malformed at byte [20]",
                "{\"count\":1,\"note\":\"\uFFFD\"}"));
  }

  @Test
  void line_longerThanTheLimit_isADeadLetterWithoutContent() throws Exception {
    String fits = "{\"count\":1}";
    String tooLong = "{\"count\":22}";
    Path file = Opened.write(folder.resolve("a"), fits + "\n" + tooLong + "\n" + fits);

    Opened<Item> opened =
        Opened.bounded(JsonLines.source(file, Item.class).withMaxLineBytes(11)).everything();

    assertThat(opened.events).hasSize(2);
    assertThat(opened.letters)
        .containsExactly(new Letter(12, "line must not exceed [11] bytes", null));
  }

  @Test
  void line_longerThanAllBuffers_costsNoMemoryAndNoOtherLine() throws Exception {
    String huge = "x".repeat(3_000_000);
    String event = "{\"count\":1}\n";
    Path file = Opened.write(folder.resolve("a"), event + huge + "\n" + event + huge);

    Opened<Item> opened =
        Opened.bounded(JsonLines.source(file, Item.class).withMaxLineBytes(1_000)).everything();

    assertThat(opened.offsets).containsExactly(0L, 3_000_013L);
    assertThat(opened.letters).extracting(Letter::offset).containsExactly(12L, 3_000_025L);
  }

  @Test
  void line_longerThanTheBuffer_isRead() throws Exception {
    String note = "x".repeat(1_000_000);

    Opened<Item> opened = read("{\"count\":1,\"note\":\"" + note + "\"}", Item.class);

    assertThat(opened.events).containsExactly(new Item(1, Optional.of(note)));
  }

  @Test
  void class_thatJacksonCannotRead_failsTheQuery() {
    assertThatThrownBy(() -> read("{}", Unbindable.class))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Class [%s] must be one that Jackson can read; use a record, or add what the cause asks"
                    .formatted(Unbindable.class.getName())
                + " for");
  }
}
