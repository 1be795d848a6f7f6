package io.vellamo.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vellamo.api.source.SourceException;
import io.vellamo.connectors.file.Opened.Letter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and line ends as other programs write them. */
final class CsvColumnsTest {
  record Visit(String user, int count, @Nullable String note) {}

  record Name(String first, String last) {}

  @TempDir Path folder;

  private <T> Opened<T> read(String text, Class<T> eventClass) throws Exception {
    Path file = Opened.write(folder.resolve("a.csv"), text);
    return Opened.bounded(Csv.source(file, eventClass)).everything();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",user,count,note\n0,a,1,x\n1,b,2,y\n",
        "user,count,note,\na,1,x,\nb,2,y,\n",
        "user,count,note,,\na,1,x,,\nb,2,y,,\n",
        "user,count,note,,\na,1,x\nb,2,y,7\n",
        "user,count,note\na,1,x,\nb,2,y,, \n",
        "user,,count,,note\na,?,1,,x\nb,,2,?,y\n",
        "\"\",user,count,\" \",note\n0,a,1,,x\n1,b,2,,y\n",
        "\uFEFF\"user\",\"count\",\"note\",\"\"\r\na,1,x,\r\nb,2,y,\r\n",
        " , user , count , note \n,a,1,x\n,b,2,y\n"
      })
  void columns_withoutAName_arePassedOver(String text) throws Exception {
    Opened<Visit> opened = read(text, Visit.class);

    assertThat(opened.letters).isEmpty();
    assertThat(opened.events).containsExactly(new Visit("a", 1, "x"), new Visit("b", 2, "y"));
  }

  @Test
  void columns_withoutAName_areNoEntriesOfAMap() throws Exception {
    Opened<?> opened = read(",user,\n0,a,?\n", Map.class);

    assertThat(opened.events).isEqualTo(java.util.List.of(Map.of("user", "a")));
  }

  @Test
  void columns_withoutAName_areNoUnknownPropertiesOfAStrictMapper() throws Exception {
    Path file = Opened.write(folder.resolve("a.csv"), ",first,last\n0,a,b\n");

    Opened<Name> opened =
        Opened.bounded(Csv.source(file, Name.class).withMapper(new CsvMapper())).everything();

    assertThat(opened.events).containsExactly(new Name("a", "b"));
  }

  @Test
  void line_withTooFewOrTooManyColumns_isADeadLetterThatCountsThem() throws Exception {
    Opened<Visit> opened =
        read("user,count,note\na,1\nb,2,y,z\n\"c,1\",2,\"x,y\",,1\nd,1,x\n", Visit.class);

    assertThat(opened.events).containsExactly(new Visit("d", 1, "x"));
    assertThat(opened.letters)
        .extracting(Letter::reason)
        .containsExactly(
            "line must have the header's [3] columns, has [2]",
            "line must have the header's [3] columns, has [4]",
            "line must have the header's [3] columns, has [5]");
  }

  @Test
  void line_thatRepeatsTheHeader_isADeadLetter() throws Exception {
    Opened<Name> opened = read("first,last\na,b\nfirst,last\nc,d\n", Name.class);

    assertThat(opened.events).containsExactly(new Name("a", "b"), new Name("c", "d"));
    assertThat(opened.letters)
        .containsExactly(
            new Letter(15, "line must be an event, repeats the header of the file", "first,last"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user,count,note\ra,1,x\rb,2,y\r",
        "user,count,note\ra,1,x\rb,2,y",
        "user,count,note\r\na,1,x\rb,2,y\n",
        "\ruser,count,note\r\ra,1,x\r\r\nb,2,y\r"
      })
  void carriageReturn_endsALine(String text) throws Exception {
    assertThat(read(text, Visit.class).events)
        .containsExactly(new Visit("a", 1, "x"), new Visit("b", 2, "y"));
  }

  @Test
  void carriageReturn_betweenQuotes_isText() throws Exception {
    assertThat(read("first,last\r\"a\rb\",c\r", Name.class).events)
        .containsExactly(new Name("a\rb", "c"));
  }

  @Test
  void carriageReturn_atTheEndOfAGrowingFile_endsALineOnce() throws Exception {
    Path file = Opened.write(folder.resolve("a.csv"), "first,last\ra,b\r");
    try (Opened<Name> opened = Opened.endless(Csv.source(file, Name.class)).everything()) {
      assertThat(opened.events).containsExactly(new Name("a", "b"));

      Files.writeString(file, "\nc,d\r\n", StandardOpenOption.APPEND);
      opened.everything();

      assertThat(opened.events).containsExactly(new Name("a", "b"), new Name("c", "d"));
      assertThat(opened.letters).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "user,count,note", "user,count,note\n", "\uFEFFuser,count\r\n\r\n"})
  void file_withoutLines_hasNoEvents(String text) throws Exception {
    Opened<Visit> opened = read(text, Visit.class);

    assertThat(opened.events).isEmpty();
    assertThat(opened.letters).isEmpty();
  }

  @Test
  void header_thatNamesAColumnTwice_isAnErrorWithBothPlaces() {
    assertThatThrownBy(() -> read("user,count, user ,\na,1,b,\n", Visit.class))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "File [%s] must name each column once in its header, but [user] names columns [1] and"
                + " [3]; rename one",
            folder.resolve("a.csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "|", "\t"})
  void header_withAnotherDelimiter_isAnErrorThatSuggestsIt(String delimiter) {
    for (Class<?> eventClass : new Class<?>[] {Visit.class, Map.class}) {
      assertThatThrownBy(
              () -> read("\"user\",count,note\na,1,x\n".replace(",", delimiter), eventClass))
          .isInstanceOf(SourceException.class)
          .hasMessageEndingWith(
              "its columns seem to be separated by [%s], so use withDelimiter on the CsvDialect of the source"
                  .formatted(delimiter.equals("\t") ? "\\t" : delimiter));
    }
  }

  @Test
  void header_inAnotherEncoding_isAnErrorThatSaysSo() throws Exception {
    Path file = folder.resolve("a.csv");
    Files.write(file, "first,last\na,b\n".getBytes(java.nio.charset.StandardCharsets.UTF_16));

    assertThatThrownBy(() -> Opened.bounded(Csv.source(file, Name.class)).everything())
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "File [%s] must be UTF-8, but its header is malformed at byte [1]; convert the file",
            file);
  }
}
