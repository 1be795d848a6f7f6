package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.source.SourceException;
import io.vellamo.connectors.file.Opened.Letter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
  record Numbers(int small, long large, short tiny) {}

  record Reading(String id, double value, Optional<Instant> at, @Nullable String note) {}

  @TempDir Path folder;

  private Path write(String text) throws Exception {
    return Opened.write(folder.resolve("a.csv"), text);
  }

  private Opened<Reading> read(String text) throws Exception {
    return Opened.bounded(Csv.source(write(text), Reading.class)).everything();
  }

  @Test
  void columns_areFoundByName() throws Exception {
    Opened<Reading> opened =
        read("\uFEFFvalue, id ,unknown,at\r\n1.5,a,?,2026-11-22T10:00:00Z\r\n-2,b,?,\r\n");

    assertThat(opened.events)
        .containsExactly(
            new Reading("a", 1.5, Optional.of(Instant.parse("2026-11-22T10:00:00Z")), null),
            new Reading("b", -2, Optional.empty(), null));
  }

  @Test
  void quotedFields_holdCommasQuotesAndLineFeeds() throws Exception {
    Opened<Reading> opened =
        read("id,value,note\n\"a,\"\"b\"\"\r\n\nc\",1,\"\"\n\nd\"e,2,\nf,3,\" \"\n");

    assertThat(opened.events)
        .containsExactly(
            new Reading("a,\"b\"\r\n\nc", 1, Optional.empty(), ""),
            new Reading("d\"e", 2, Optional.empty(), null),
            new Reading("f", 3, Optional.empty(), " "));
    assertThat(opened.offsets).containsExactly(14L, 34L, 41L);
  }

  @Test
  void files_ofAFolder_haveHeadersOfTheirOwn() throws Exception {
    write("id,value\na,1\n");
    Opened.write(folder.resolve("b.csv"), "value,id\n2,b\n");

    Opened<Reading> opened = Opened.endless(Csv.source(folder, Reading.class)).everything();

    assertThat(opened.events).extracting(Reading::id).containsExactly("a", "b");
  }

  @Test
  void header_isNoEventAndKnownInTheMiddleOfAFile() throws Exception {
    write("\r\nid,value\na,1\nb,2\nc,3\n");
    try (Opened<Reading> opened = Opened.endless(Csv.source(folder, Reading.class))) {
      opened.epoch(1);
      opened.epoch(1);

      assertThat(opened.events).extracting(Reading::id).containsExactly("a", "b");
    }
  }

  @Test
  void quote_thatIsOpenAtTheEnd_waitsForItsRest() throws Exception {
    Path file = write("id,value\na,1\n\"b");
    try (Opened<Reading> opened = Opened.endless(Csv.source(file, Reading.class)).everything()) {
      Files.writeString(file, "\n", StandardOpenOption.APPEND);
      opened.everything();
      assertThat(opened.events).extracting(Reading::id).containsExactly("a");

      Files.writeString(file, "c\",2\n", StandardOpenOption.APPEND);
      opened.everything();

      assertThat(opened.events).extracting(Reading::id).containsExactly("a", "b\nc");
    }
  }

  @Test
  void quote_thatIsNeverClosed_spoilsOnlyItsLine() throws Exception {
    Opened<Reading> opened = read("id,value\n\"a,1\nb,2\nc,3\n");

    assertThat(opened.events).extracting(Reading::id).containsExactly("b", "c");
    assertThat(opened.letters).extracting(Letter::offset).containsExactly(9L);
  }

  @Test
  void quote_openForLongerThanTheLimit_spoilsOnlyItsLine() throws Exception {
    Path file = write("id,value\n\"a,1\n" + "b,2\n".repeat(20));
    FileSource<Reading> source = Csv.source(file, Reading.class).withMaxLineBytes(40);

    Opened<Reading> opened = Opened.endless(source).everything();

    assertThat(opened.events).hasSize(20).extracting(Reading::id).containsOnly("b");
    assertThat(opened.letters)
        .containsExactly(new Letter(9, "line must not exceed [40] bytes", null));
  }

  @Test
  void number_outOfTheRangeOfItsType_isADeadLetterThatSaysSo() throws Exception {
    String lines =
        """
        small,large,tiny
        2147483648,1,1
        1,9223372036854775808,1
        1,1,32768
        -99999999999999999999,1,1
        1,2,3
        """;

    Opened<Numbers> opened = Opened.bounded(Csv.source(write(lines), Numbers.class)).everything();

    assertThat(opened.events).containsExactly(new Numbers(1, 2, (short) 3));
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .containsExactly(
            "property [small] must be of type [int], found a number out of its range",
            "property [large] must be of type [long], found a number out of its range",
            "property [tiny] must be of type [short], found a number out of its range",
            "property [small] must be of type [int], found a number out of its range");
  }

  @Test
  void line_thatIsNoEvent_isADeadLetterWithoutContentInItsReason() throws Exception {
    Opened<Reading> opened =
        read("id,value,at\na,secret,\nb,,\nc,3\nd,4,,5\ne,5,secret\n\"f\"g,6,\nh,7,\n");

    assertThat(opened.events).extracting(Reading::id).containsExactly("h");
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .containsExactly(
            "property [value] must be of type [double], found a text that is no number",
            "property [value] must be of type [double], found null",
            "line must have the header's [3] columns, has [2]",
            "line must have the header's [3] columns, has [4]",
            "property [at] must be of type [Instant], found a text of [6] characters that is none",
            "line must be well-formed, is broken at column [5]");
    assertThat(opened.letters).extracting(Letter::line).startsWith("a,secret,", "b,,", "c,3");
  }

  @Test
  void line_thatIsNotUtf8_isADeadLetter() throws Exception {
    byte[] text = "id,value\n?,1\nb,2\n".getBytes(UTF_8);
    text[9] = (byte) 0xc3;
    Path file = Files.write(folder.resolve("a.csv"), text);

    Opened<Reading> opened = Opened.bounded(Csv.source(file, Reading.class)).everything();

    assertThat(opened.events).extracting(Reading::id).containsExactly("b");
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .containsExactly("line must be UTF-8, was malformed at byte [1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,1\nb,2\n", "\n\n", "id,\"value\na,1\n"})
  void file_withoutAProperHeader_failsTheQuery(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "File [%s] must begin with a header line that names columns among %s, each once; add"
                    .formatted(folder.resolve("a.csv"), List.of("id", "value", "at", "note"))
                + " the line or correct it");
  }
}
