package io.vellamo.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CsvDialectTest {
  record Note(int number, @Nullable String text) {}

  private static final List<Note> NOTES =
      List.of(
          new Note(1, "plain"),
          new Note(2, "a,b;c\td|e"),
          new Note(3, "\"double\" and 'single'"),
          new Note(4, "back\\slash \\\" \\' \\n \\"),
          new Note(5, "lines\nlines\r\nlines\rend"),
          new Note(6, ""),
          new Note(7, null),
          new Note(8, " 😀 "),
          new Note(9, "\\"),
          new Note(10, "'"),
          new Note(11, "long enough to be quoted without a look at it, \\ ' \" ;"));

  @TempDir Path folder;

  static List<CsvDialect> dialects() {
    CsvDialect standard = CsvDialect.RFC_4180;
    return List.of(
        standard,
        CsvDialect.TABS,
        standard.withDelimiter(';'),
        standard.withDelimiter('|').withQuote('\''),
        standard.withDelimiter('\u001f'));
  }

  private Opened<Note> read(String text, CsvDialect dialect) throws Exception {
    Path file = Opened.write(folder.resolve("a.csv"), text);
    return Opened.bounded(Csv.source(file, Note.class, dialect)).everything();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void rows_writtenInADialect_areReadBack(CsvDialect dialect) throws Exception {
    Path out = SinkRun.write(Csv.sink(folder.resolve("out"), Note.class, dialect), NOTES);

    Opened<Note> opened = Opened.bounded(Csv.source(out, Note.class, dialect)).everything();

    assertThat(opened.letters).isEmpty();
    assertThat(opened.events).isEqualTo(NOTES);
  }

  @Test
  void delimiter_isThatOfTheDialect() throws Exception {
    assertThat(
            read("number;text\n1;\"a;b\"\n2;c,d\n", CsvDialect.RFC_4180.withDelimiter(';')).events)
        .containsExactly(new Note(1, "a;b"), new Note(2, "c,d"));
  }

  @Test
  void quote_isThatOfTheDialect() throws Exception {
    assertThat(
            read("number,'text'\n1,'a,''b\n'\n2,\"c\"\n", CsvDialect.RFC_4180.withQuote('\''))
                .events)
        .containsExactly(new Note(1, "a,'b\n"), new Note(2, "\"c\""));
  }

  @Test
  void quotes_thatADialectDoesNotHave_areText() throws Exception {
    assertThat(read("number\ttext\n1\t\"a\n2\tb\"\n", CsvDialect.TABS.withoutQuote()).events)
        .containsExactly(new Note(1, "\"a"), new Note(2, "b\""));
  }

  @Test
  void escape_makesTheNextCharacterText() throws Exception {
    CsvDialect dialect = CsvDialect.RFC_4180.withEscape('\\');

    Opened<Note> opened =
        read("number,text\n1,\"a\\\"b\nc\"\n2,d\\,e\n3,\"f\"\"\"\n4,\"\"\n5,\n", dialect);

    assertThat(opened.letters).isEmpty();
    assertThat(opened.events)
        .containsExactly(
            new Note(1, "a\"b\nc"),
            new Note(2, "d,e"),
            new Note(3, "f\""),
            new Note(4, ""),
            new Note(5, null));
  }

  @Test
  void characters_thatCanNotDivideBytes_areRefused() {
    assertThatThrownBy(() -> CsvDialect.RFC_4180.withDelimiter('§'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "delimiter must be a printable ASCII character, a tab or a separator (28 to 31), was"
                + " character [167]");
    assertThatThrownBy(() -> CsvDialect.RFC_4180.withQuote('\n'))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CsvDialect.RFC_4180.withQuote(','))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delimiter [,], quote [,] and escape [null] must differ");
    assertThatThrownBy(() -> CsvDialect.RFC_4180.withEscape('"'))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sink_withoutQuoteOrWithEscape_isRefused() {
    for (CsvDialect dialect :
        List.of(CsvDialect.TABS.withoutQuote(), CsvDialect.TABS.withEscape('\\'))) {
      assertThatThrownBy(() -> Csv.sink(folder, Note.class, dialect))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("dialect of a sink must have a quote and no escape");
    }
  }
}
