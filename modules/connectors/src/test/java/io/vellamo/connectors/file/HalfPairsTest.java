package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.connectors.file.Opened.Letter;
import io.vellamo.testkit.ListEpochRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text with half of a surrogate pair: no source lets it in, and no sink writes something else. */
final class HalfPairsTest {
  record Note(String user, String text) {}

  record Row(String user, String text, int n) {}

  private static final String EMOJI = "\ud83d\ude00";

  @TempDir Path folder;

  private Opened<Note> json(byte[] line) throws Exception {
    Path file = folder.resolve("a.jsonl");
    Files.write(file, line);
    return Opened.bounded(JsonLines.source(file, Note.class)).everything();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'user':'\\ud83d','text':''}",
        "{'user':'a','text':'\\uDE00'}",
        "{'user':'a','text':'\\ud83dx'}",
        "{'user':'a','text':'\\ud83d\\n'}",
        "{'user':'a','text':'\\ud83d\\ud83d\\ude00'}",
        "{'user':'a','text':'\\ude00\\ud83d'}",
        "{'user':'a','text':'\\\\\\ud83d'}",
        "{'\\ud83d':'a'}"
      })
  void escapedHalf_isADeadLetter_andOtherLinesCount(String line) throws Exception {
    String json = line.replace('\'', '"');

    Opened<Note> opened = json((json + "\n{\"user\":\"b\",\"text\":\"y\"}\n").getBytes(UTF_8));

    assertThat(opened.events).containsExactly(new Note("b", "y"));
    assertThat(opened.letters).extracting(Letter::line).containsExactly(json);
    assertThat(opened.letters)
        .singleElement()
        .extracting(Letter::reason)
        .asString()
        .matches("line must hold whole characters, has half of a surrogate pair at byte \\[\\d+]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'user':'\\ud83d\\ude00','text':'" + EMOJI + "'}",
        "{'user':'" + EMOJI + "','text':'\\uD83D\\uDE00'}"
      })
  void wholePair_isRead(String line) throws Exception {
    Opened<Note> opened = json((line.replace('\'', '"') + "\n").getBytes(UTF_8));

    assertThat(opened.events).containsExactly(new Note(EMOJI, EMOJI));
  }

  @Test
  void textThatLooksLikeAnEscape_isRead() throws Exception {
    Opened<Note> opened = json("{\"user\":\"a\\\\ud83d\",\"text\":\"\\u0041\"}\n".getBytes(UTF_8));

    assertThat(opened.events).containsExactly(new Note("a\\ud83d", "A"));
  }

  @Test
  void rawHalf_isADeadLetter() throws Exception {
    byte[] line = "{\"user\":\"a\",\"text\":\"???\"}\n".getBytes(UTF_8);
    line[20] = (byte) 0xed;
    line[21] = (byte) 0xa0;
    line[22] = (byte) 0xbd;

    Opened<Note> opened = json(line);

    assertThat(opened.events).isEmpty();
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .containsExactly("line must be UTF-8, was malformed at byte [21]");
  }

  @Test
  void rawHalfInCsv_isADeadLetter() throws Exception {
    byte[] text = "user,text\n???,x\nb,\\ud83d\n".getBytes(UTF_8);
    text[10] = (byte) 0xed;
    text[11] = (byte) 0xb8;
    text[12] = (byte) 0x80;
    Path file = Files.write(folder.resolve("a.csv"), text);

    Opened<Note> opened = Opened.bounded(Csv.source(file, Note.class)).everything();

    assertThat(opened.events).containsExactly(new Note("b", "\\ud83d"));
    assertThat(opened.letters).hasSize(1);
  }

  @Test
  void jsonSink_escapesAHalf() throws Exception {
    Row row = new Row("a\ud83d", EMOJI + "\ude00", 1);
    try (SinkWriter<Row> writer =
        JsonLines.<Row>sink(folder).open(new SinkContext("q", new UUID(1, 2), 0))) {
      writer.write(ListEpochRows.of("q", 1, row));
    }

    String line = Files.readString(folder.resolve("q-0000000001.jsonl"));
    assertThat(new ObjectMapper().readValue(line, Row.class)).isEqualTo(row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "x\ud83d", "\ude00", "\ud83dx", "\ude00\ud83d"})
  void csvSink_refusesAHalf_withRowAndProperty(String half) throws Exception {
    try (SinkWriter<Row> writer =
        Csv.sink(folder, Row.class).open(new SinkContext("q", new UUID(1, 2), 0))) {
      Row fine = new Row(EMOJI, EMOJI, 1);

      assertThatThrownBy(
              () -> writer.write(ListEpochRows.of("q", 1, fine, new Row("a", half, 2), fine)))
          .isInstanceOf(SinkException.class)
          .hasMessage(
              "Row of class [%s] must hold whole characters for sink [Csv[%s]], property [text] has"
                      .formatted(Row.class.getName(), folder)
                  + " half of a surrogate pair; cut text only between code points");
      writer.write(ListEpochRows.of("q", 1, fine));
    }

    assertThat(Files.readString(folder.resolve("q-0000000001.csv")))
        .isEqualTo("user,text,n\n" + EMOJI + "," + EMOJI + ",1\n");
  }
}
